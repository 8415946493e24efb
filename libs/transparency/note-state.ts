import { verify } from 'node:crypto';
import { type NoteSignature, parseNote } from './note-form.ts';
import { keysNamed, type Verifier } from './note-keys.ts';

/**
 * The state of a note for a key: `whole` when the key has signed it; `damaged` when it names the key and the signature
 * does not fit, or the signature is the key's but names another, since a byte was altered; `other` when it has nothing
 * of the key.
 */
export type NoteState = 'whole' | 'damaged' | 'other';

/**
 * Under whatever name the keys have signed it: a forum that moved keeps its key. @throws ProofError for a malformed
 * note
 */
export function noteState(note: string, keys: readonly Verifier[]): NoteState {
  const { text, signatures } = parseNote(note);
  const bytes = Buffer.from(text);
  const states = signatures.flatMap((signature) => keys.map((key) => stateOf(bytes, signature, key)));
  if (states.includes('whole')) return 'whole';
  return states.includes('damaged') ? 'damaged' : 'other';
}

function stateOf(text: Uint8Array, { name, keyId, signature }: NoteSignature, key: Verifier): NoteState {
  const [named] = keysNamed([key], name);
  const same = sameBytes(named?.keyId ?? '', keyId);
  const fits = verify(null, text, key.publicKey, signature);
  if (same === ID_BYTES && fits) return 'whole';
  return same >= ID_BYTES - 1 || fits ? 'damaged' : 'other';
}

const ID_BYTES = 4;

/**
 * One altered letter of base64 can change a byte of the id and the signature's first: three equal bytes of four mean
 * the same key.
 */
function sameBytes(one: string, other: string): number {
  const at = Array.from({ length: ID_BYTES }, (_, byte) => 2 * byte);
  return at.filter((from) => one.slice(from, from + 2) === other.slice(from, from + 2)).length;
}
