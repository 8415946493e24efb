import { bytesFromBase64, toBase64 } from './base64.ts';
import { parseDecimal } from './decimal.ts';
import { ProofError } from './proof-error.ts';
import { HASH_BYTES } from './sizes.ts';

/** A log's signed statement: its number of leaves, and the root over them. */
export interface Checkpoint {
  /** The log's name. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** The text of a C2SP tlog-checkpoint, to be signed as a note. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads the text of a note as a checkpoint. Lines of extensions are allowed and left alone. @throws ProofError */
export function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.includes('')) throw new ProofError('A checkpoint has no empty lines.');
  const [origin, size, root] = lines;
  if (origin === undefined || size === undefined || root === undefined) {
    throw new ProofError('A checkpoint has three lines: origin, size and root.');
  }
  return {
    origin,
    size: parseDecimal(size, "The checkpoint's size"),
    root: bytesFromBase64(root, HASH_BYTES, "The checkpoint's root"),
  };
}
