import { type Checkpoint, formatCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { openNote, signNote } from './note.ts';
import type { Signer, Verifier } from './note-keys.ts';
import { ProofError } from './proof-error.ts';

/** The checkpoint of a log, signed by the log's key, whose name is the log's origin. */
export function signCheckpoint(tree: Omit<Checkpoint, 'origin'>, signer: Signer): string {
  return signNote(formatCheckpoint({ ...tree, origin: signer.name }), signer);
}

/** The checkpoint in a note that a key of the log signed; its origin is the name of the key. @throws ProofError */
export function openCheckpoint(note: string | Uint8Array, ...keys: readonly Verifier[]): Checkpoint {
  const { text, signedBy } = openNote(note, keys);
  const checkpoint = parseCheckpoint(text);
  if (!signedBy.some(({ name }) => name === checkpoint.origin)) {
    const names = signedBy.map(({ name }) => name).join(', ');
    throw new ProofError(`The checkpoint is of the log ${checkpoint.origin}, the key of ${names}.`);
  }
  return checkpoint;
}
