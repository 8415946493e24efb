import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** AES-256-GCM as in NIST SP 800-38D. */
const ALGORITHM = 'aes-256-gcm';
const VERSION = 1;
const NONCE_AT = 1;
const BODY_AT = NONCE_AT + 12;
const TAG_BYTES = 16;
export const FILE_KEY_BYTES = 32;

/** The bytes were altered, cut or moved, or belong to another key. */
export class FileBroken extends Error {
  override readonly name = 'FileBroken';
}

export function newFileKey(): Buffer {
  return randomBytes(FILE_KEY_BYTES);
}

/**
 * Version (1) ‖ 12 bytes nonce ‖ AES-256-GCM ciphertext ‖ 16 bytes tag, bound to the file's path. The key stands in the sealed
 * part of the image's event, the hash of these bytes in its open part: together they name one content alone.
 */
export function sealFile(
  plain: Uint8Array,
  { key, path }: { readonly key: Uint8Array; readonly path: string },
): Buffer {
  const nonce = randomBytes(BODY_AT - NONCE_AT);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(Buffer.from(path));
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([Buffer.of(VERSION), nonce, body, cipher.getAuthTag()]);
}

/** Throws FileBroken. */
export function openFile(
  sealed: Uint8Array,
  { key, path }: { readonly key: Uint8Array; readonly path: string },
): Buffer {
  if (sealed[0] !== VERSION || sealed.byteLength < BODY_AT + TAG_BYTES)
    throw new FileBroken(`${path} is no sealed file`);
  const tagAt = sealed.byteLength - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(NONCE_AT, BODY_AT), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(path));
  decipher.setAuthTag(sealed.subarray(tagAt));
  const plain = decipher.update(sealed.subarray(BODY_AT, tagAt));
  try {
    decipher.final();
  } catch (error) {
    throw new FileBroken(`${path} was altered, or belongs to another image`, { cause: error });
  }
  return plain;
}
