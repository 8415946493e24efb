import type { Checkpoint } from '../checkpoint.ts';
import { sameHash } from '../hashing.ts';
import type { Verifier } from '../note-keys.ts';
import { ProofError } from '../proof-error.ts';
import { openCheckpoint } from '../signed-checkpoint.ts';
import type { Walked } from './walk.ts';

/** A checkpoint that somebody kept, as a signed note. */
export interface KeptNote {
  /** For messages: where it is from. */
  readonly name: string;
  readonly note: string | Uint8Array;
  /** The key that signed it, where it is another than the verification's: a forum that moved signs under its new name. */
  readonly key?: Verifier;
}

/** The same, with its signature checked. */
export type OpenedCheckpoint =
  | { readonly name: string; readonly checkpoint: Checkpoint }
  | { readonly name: string; readonly refused: string };

export function openKept({ name, note, key: own }: KeptNote, key: Verifier): OpenedCheckpoint {
  try {
    return { name, checkpoint: openCheckpoint(note, own ?? key) };
  } catch (error) {
    if (error instanceof ProofError) return { name, refused: error.message };
    throw error;
  }
}

/** How a checkpoint stands to the lines that were read. */
export interface CheckpointFinding {
  readonly name: string;
  readonly result: 'holds' | 'root-differs' | 'beyond-the-end' | 'refused';
  /** Null when it was refused. */
  readonly size: number | null;
  /** Base64; null when it was refused. */
  readonly root: string | null;
  /** Why it was refused. */
  readonly reason: string | null;
}

export function findingOf(opened: OpenedCheckpoint, { end, roots }: Pick<Walked, 'end' | 'roots'>): CheckpointFinding {
  const { name } = opened;
  if ('refused' in opened) return { name, result: 'refused', size: null, root: null, reason: opened.refused };
  const { size, root } = opened.checkpoint;
  const ours = roots.get(size);
  const stated = { name, size, root: Buffer.from(root).toString('base64'), reason: null };
  if (size > end.size) return { ...stated, result: 'beyond-the-end' };
  return { ...stated, result: ours !== undefined && sameHash(ours, root) ? 'holds' : 'root-differs' };
}
