import type { Checkpoint } from './checkpoint.ts';
import { checkInclusion } from './checks.ts';
import { leafHash } from './hashing.ts';
import type { Verifier } from './note-keys.ts';
import { ProofError } from './proof-error.ts';
import { parseProof } from './proof-file.ts';
import { openCheckpoint } from './signed-checkpoint.ts';

/**
 * Checks a tlog-proof file: a key of the log signed the checkpoint, and the entry stands in its tree at the file's index.
 * @throws ProofError when it does not show that
 */
export function checkProof(
  text: string,
  entry: Uint8Array,
  ...keys: readonly Verifier[]
): { index: number; checkpoint: Checkpoint } {
  const { index, hashes, checkpoint: note } = parseProof(text);
  const checkpoint = openCheckpoint(note, ...keys);
  const { size, root } = checkpoint;
  if (!checkInclusion({ index, size, leaf: leafHash(entry), root }, hashes)) {
    throw new ProofError(`The proof does not lead from the entry at index ${index} to the root of ${size} entries.`);
  }
  return { index, checkpoint };
}
