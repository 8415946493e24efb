import { sign, verify } from 'node:crypto';
import { formatSignature, isNoteText, type NoteSignature, parseNote } from './note-form.ts';
import type { Signer, Verifier } from './note-keys.ts';
import { ProofError } from './proof-error.ts';

/** A note of which at least one signature was checked. */
export interface OpenedNote {
  readonly text: string;
  /** The keys that signed it, of those that were known. */
  readonly signedBy: readonly Verifier[];
}

/** The note: text, an empty line, a signature of each signer. The text ends with a newline. */
export function signNote(text: string, ...signers: readonly Signer[]): string {
  if (!isNoteText(text) || signers.length === 0)
    throw new Error('A note needs a text that ends with a newline, and a signer.');
  const bytes = Buffer.from(text);
  const lines = signers.map(({ name, keyId, privateKey }) =>
    formatSignature({ name, keyId, signature: sign(null, bytes, privateKey) }),
  );
  return `${text}\n${lines.join('')}`;
}

/**
 * Opens a note that at least one of the known keys signed. Signatures of other keys are ignored; one that names a known
 * key and is not made by it refuses the whole note. @throws ProofError
 */
export function openNote(note: string | Uint8Array, known: readonly Verifier[]): OpenedNote {
  const { text, signatures } = parseNote(note);
  const bytes = Buffer.from(text);
  const signedBy = new Set<Verifier>();
  for (const signature of signatures) {
    const key = known.find((one) => names(signature, one));
    if (key === undefined) continue;
    if (!verify(null, bytes, key.publicKey, signature.signature)) {
      throw new ProofError(`The signature under the name ${key.name} is not of the key ${key.name}+${key.keyId}.`);
    }
    signedBy.add(key);
  }
  if (signedBy.size === 0) {
    throw new ProofError(`The note is not signed by ${namesOf(known)}, but by ${namesOf(signatures)}.`);
  }
  return { text, signedBy: [...signedBy] };
}

function names(signature: NoteSignature, key: Verifier): boolean {
  return signature.name === key.name && signature.keyId === key.keyId;
}

function namesOf(keys: readonly { readonly name: string; readonly keyId: string }[]): string {
  return keys.map(({ name, keyId }) => `${name}+${keyId}`).join(' or ') || 'a known key';
}
