import type { Checkpoint } from '../../../../libs/transparency/checkpoint.ts';
import type { UnopenedNote } from '../../../../libs/transparency/note-form.ts';
import type { PublicKey } from './public-key.ts';

/** The key of the checkpoint's log that a signature under it names; null when no signature names one. */
export function signingKey(
  keys: readonly PublicKey[],
  { note, checkpoint }: { readonly note: UnopenedNote; readonly checkpoint: Checkpoint },
): PublicKey | null {
  return keys.find((key) => checkpoint.origin === key.name && signaturesOf(key, note).length > 0) ?? null;
}

/** Whether each signature that names the key was made by it; `unable` in a browser without Ed25519. */
export async function signatureOutcome(
  key: PublicKey | null,
  note: UnopenedNote,
): Promise<'passed' | 'failed' | 'unable'> {
  if (key === null) return 'failed';
  const signed = signaturesOf(key, note);
  const imported = await crypto.subtle.importKey('raw', key.bytes, 'Ed25519', false, ['verify']).catch(() => null);
  if (imported === null) return 'unable';
  const bytes = new TextEncoder().encode(note.text);
  for (const { signature } of signed) {
    if (!(await crypto.subtle.verify('Ed25519', imported, new Uint8Array(signature), bytes))) return 'failed';
  }
  return signed.length > 0 ? 'passed' : 'failed';
}

function signaturesOf(key: PublicKey, note: UnopenedNote): UnopenedNote['signatures'] {
  return note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.id);
}
