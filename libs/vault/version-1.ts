import { createSecretKey } from 'node:crypto';
import { decrypt, LEAST_TEXT_BYTES, NONCE_BYTES, TAG_BYTES } from './gcm.ts';
import { KEY_ID_BYTES, VERSION_BYTES } from './key-ids.ts';
import type { SealedIn } from './port.ts';

/**
 * Version ‖ key id ‖ nonce ‖ ciphertext ‖ tag, under the data key itself. It is read for ever and no longer written:
 * AES-GCM does not commit to its key, so bytes can be made that open as one text under one key and as another under
 * another.
 */
const VERSION = 1;
const NONCE_AT = VERSION_BYTES + KEY_ID_BYTES;
const BODY_AT = NONCE_AT + NONCE_BYTES;

export function isVersion1(sealed: Uint8Array): boolean {
  return sealed[0] === VERSION && sealed.byteLength >= BODY_AT + LEAST_TEXT_BYTES + TAG_BYTES;
}

/** The text that was sealed. Throws SealBroken. */
export function decryptVersion1(sealed: Buffer, key: Uint8Array, at: SealedIn): string {
  return decrypt(sealed.subarray(BODY_AT), {
    key: createSecretKey(key),
    nonce: sealed.subarray(NONCE_AT, BODY_AT),
    at,
  });
}
