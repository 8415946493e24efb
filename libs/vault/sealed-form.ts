import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { SealBroken } from './port.ts';

/** Version ‖ key id ‖ nonce ‖ ciphertext ‖ tag; see `Vault` in port.ts. AES-256-GCM as in NIST SP 800-38D. */
const VERSION = 1;
const ALGORITHM = 'aes-256-gcm';
const ID_END = 17;
const NONCE_END = 29;
const TAG_BYTES = 16;
/** The shortest JSON object is `{}`. */
const LEAST_BYTES = NONCE_END + 2 + TAG_BYTES;

export const KEY_BYTES = 32;
export const KEY_ID_BYTES = 16;
export const NONCE_BYTES = NONCE_END - ID_END;

const KEY_ID = /^[0-9a-f]{32}$/;

/** The 16 bytes of a key's id. Throws RangeError when it is none. */
export function keyIdBytes(id: string): Buffer {
  if (!KEY_ID.test(id)) throw new RangeError('a key id has 32 lower-case hex digits');
  return Buffer.from(id, 'hex');
}

/** The id of the key that sealed the bytes; undefined when they are malformed. */
export function keyIdIn(sealed: Uint8Array): string | undefined {
  if (sealed.byteLength < LEAST_BYTES || sealed[0] !== VERSION) return undefined;
  return asBuffer(sealed).toString('hex', 1, ID_END);
}

export interface SealInput {
  readonly keyId: Buffer;
  /** A KeyObject, since node:crypto takes three times as long with bare bytes. */
  readonly key: KeyObject;
  /** Never used with this key before: 12 random bytes. */
  readonly nonce: Buffer;
  readonly plain: string;
  readonly context: string;
}

export function encrypt({ keyId, key, nonce, plain, context }: SealInput): Buffer {
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(Buffer.from(context));
  const body = cipher.update(plain, 'utf8');
  cipher.final();
  const sealed = Buffer.allocUnsafe(NONCE_END + body.length + TAG_BYTES);
  sealed[0] = VERSION;
  sealed.set(keyId, 1);
  sealed.set(nonce, ID_END);
  sealed.set(body, NONCE_END);
  sealed.set(cipher.getAuthTag(), NONCE_END + body.length);
  return sealed;
}

/** The JSON text that was sealed. Throws SealBroken. */
export function decrypt(sealed: Uint8Array, key: KeyObject, context: string): string {
  const bytes = asBuffer(sealed);
  const tagStart = bytes.length - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(ID_END, NONCE_END));
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(bytes.subarray(tagStart));
  const plain = decipher.update(bytes.subarray(NONCE_END, tagStart));
  try {
    decipher.final();
  } catch (error) {
    throw new SealBroken('sealed bytes were altered, or belong to another event', { cause: error });
  }
  return plain.toString('utf8');
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
