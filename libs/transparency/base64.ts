import { ProofError } from './proof-error.ts';

/** Standard base64 with padding (RFC 4648, section 4). */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return btoa(text);
}

/** The bytes of a text that is base64 in its one canonical form. @throws ProofError */
export function fromBase64(text: string, what: string): Uint8Array {
  const bytes = decoded(text);
  if (bytes === null || toBase64(bytes) !== text) throw new ProofError(`${what} is not in base64.`);
  return bytes;
}

/** The same, of so many bytes. @throws ProofError */
export function bytesFromBase64(text: string, length: number, what: string): Uint8Array {
  const bytes = fromBase64(text, what);
  if (bytes.length !== length) throw new ProofError(`${what} has ${bytes.length} bytes instead of ${length}.`);
  return bytes;
}

function decoded(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}
