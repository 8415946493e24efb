import { timingSafeEqual } from 'node:crypto';
import { uuidOf } from '../kernel/index.ts';
import { commitmentOf, encryptionKeyOf, eventKeyOf } from './event-keys.ts';
import { decrypt, encrypt, LEAST_TEXT_BYTES, NONCE_BYTES, TAG_BYTES } from './gcm.ts';
import { KEY_ID_BYTES, VERSION_BYTES } from './key-ids.ts';
import { SealBroken, type SealedIn } from './port.ts';
import { UUID_BYTES, uuidBytes } from './uuid-bytes.ts';

/**
 * Version ‖ key id ‖ event id ‖ commitment ‖ nonce ‖ ciphertext ‖ tag. It contains the event id, so that a holder of
 * the bytes and the event's key needs nothing else, and a view keeps no id for each text.
 */
const VERSION = 2;
const COMMITMENT_BYTES = 32;
const EVENT_AT = VERSION_BYTES + KEY_ID_BYTES;
const COMMITMENT_AT = EVENT_AT + UUID_BYTES;
const NONCE_AT = COMMITMENT_AT + COMMITMENT_BYTES;
const BODY_AT = NONCE_AT + NONCE_BYTES;
/** The first byte of a copy without the commitment. */
const COPY = 0x80 | VERSION;

export interface SealInput2 {
  readonly keyId: Buffer;
  readonly key: Uint8Array;
  /**
   * Random, although each event has a key of its own: an event is sealed again with other contents when somebody else's
   * append wins.
   */
  readonly nonce: Uint8Array;
  readonly plain: string;
  readonly at: Required<SealedIn>;
}

export function isVersion2(sealed: Uint8Array): boolean {
  return sealed[0] === VERSION && sealed.byteLength >= BODY_AT + LEAST_TEXT_BYTES + TAG_BYTES;
}

/** Whether bytes have the form of `withoutCommitment`. */
export function isCopy2(bytes: Uint8Array): boolean {
  return bytes[0] === COPY && bytes.byteLength >= BODY_AT - COMMITMENT_BYTES + LEAST_TEXT_BYTES + TAG_BYTES;
}

/**
 * A copy that is opened with the data key alone, as a view keeps it: its commitment follows from that key and the event's
 * id, and it is 32 bytes shorter. It holds nobody to its text, so no event's sealed part may have this form. Bytes of
 * another version come back as they are.
 */
export function withoutCommitment(sealed: Uint8Array): Uint8Array {
  if (!isVersion2(sealed)) return sealed;
  const copy = Buffer.allocUnsafe(sealed.byteLength - COMMITMENT_BYTES);
  copy.set(sealed.subarray(0, COMMITMENT_AT));
  copy.set(sealed.subarray(NONCE_AT), COMMITMENT_AT);
  copy[0] = COPY;
  return copy;
}

/** The text of such a copy. Throws SealBroken, also where an event is told whose sealed part this would be. */
export function openCopy2(copy: Buffer, key: Uint8Array, at: SealedIn): string {
  if (at.id !== undefined) throw new SealBroken('an event has its sealed part with its commitment');
  const eventKey = eventKeyOf(key, copy.subarray(EVENT_AT, COMMITMENT_AT));
  const bodyAt = COMMITMENT_AT + NONCE_BYTES;
  return decrypt(copy.subarray(bodyAt), {
    key: encryptionKeyOf(eventKey),
    nonce: copy.subarray(COMMITMENT_AT, bodyAt),
    at,
  });
}

export function eventIdIn(sealed: Buffer): string {
  return uuidOf(sealed.subarray(EVENT_AT, COMMITMENT_AT));
}

/** Throws RangeError when the event's id is none. */
export function sealVersion2({ keyId, key, nonce, plain, at }: SealInput2): Buffer {
  const eventId = uuidBytes(at.id);
  const eventKey = eventKeyOf(key, eventId);
  const { body, tag } = encrypt(plain, { key: encryptionKeyOf(eventKey), nonce, at });
  const sealed = Buffer.allocUnsafe(BODY_AT + body.length + TAG_BYTES);
  sealed[0] = VERSION;
  sealed.set(keyId, VERSION_BYTES);
  sealed.set(eventId, EVENT_AT);
  sealed.set(commitmentOf(eventKey), COMMITMENT_AT);
  sealed.set(nonce, NONCE_AT);
  sealed.set(body, BODY_AT);
  sealed.set(tag, BODY_AT + body.length);
  return sealed;
}

/** The text that was sealed. Throws SealBroken. */
export function openVersion2(sealed: Buffer, key: Uint8Array, at: SealedIn): string {
  return openByEventKey(sealed, eventKeyOf(key, sealed.subarray(EVENT_AT, COMMITMENT_AT)), at);
}

/** The same from the event's own key. The commitment is compared before anything is decrypted. Throws SealBroken. */
export function openByEventKey(sealed: Buffer, eventKey: Uint8Array, at: SealedIn): string {
  if (at.id !== undefined && at.id !== eventIdIn(sealed)) throw new SealBroken('sealed bytes belong to another event');
  if (!timingSafeEqual(commitmentOf(eventKey), sealed.subarray(COMMITMENT_AT, NONCE_AT))) {
    throw new SealBroken('the key is not the one that sealed these bytes, or they were altered');
  }
  const nonce = sealed.subarray(NONCE_AT, BODY_AT);
  return decrypt(sealed.subarray(BODY_AT), { key: encryptionKeyOf(eventKey), nonce, at });
}
