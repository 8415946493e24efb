import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { SealBroken, type SealedIn } from './port.ts';

/** AES-256-GCM as in NIST SP 800-38D: 12 bytes nonce, 16 bytes tag. */
const ALGORITHM = 'aes-256-gcm';

export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
/** The shortest JSON object is `{}`. */
export const LEAST_TEXT_BYTES = 2;

/** A KeyObject, since node:crypto takes three times as long with bare bytes. */
interface GcmInput {
  readonly key: KeyObject;
  readonly nonce: Uint8Array;
  readonly at: SealedIn;
}

export function encrypt(plain: string, { key, nonce, at }: GcmInput): { readonly body: Buffer; readonly tag: Buffer } {
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(boundTo(at));
  const body = cipher.update(plain, 'utf8');
  cipher.final();
  return { body, tag: cipher.getAuthTag() };
}

/** `bytes` is ciphertext ‖ tag. Throws SealBroken. */
export function decrypt(bytes: Buffer, { key, nonce, at }: GcmInput): string {
  const tagStart = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(at));
  decipher.setAuthTag(bytes.subarray(tagStart));
  const plain = decipher.update(bytes.subarray(0, tagStart));
  try {
    decipher.final();
  } catch (error) {
    throw new SealBroken('sealed bytes were altered, or belong to another event', { cause: error });
  }
  return plain.toString('utf8');
}

/** The additional data that binds sealed bytes to their stream and type. */
function boundTo({ stream, type }: SealedIn): Buffer {
  return Buffer.from(`${stream} ${type}`);
}
