import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/**
 * HKDF-Expand of RFC 5869 over SHA-256 for one block of output, which is one HMAC over the label and the byte 1. Its first
 * half, Extract, is left out as section 3.3 there allows: a data key is 32 random bytes already.
 */
const ONE_BLOCK = '\u0001';
const EVENT_KEY = Buffer.from('colloquy seal v2 event key ');
const ENCRYPTION = Buffer.from(`colloquy seal v2 encryption${ONE_BLOCK}`);
const COMMITMENT = Buffer.from(`colloquy seal v2 commitment${ONE_BLOCK}`);

/** The key of one event, 32 bytes: it opens this event's sealed part and nothing else. `eventId` has 16 bytes. */
export function eventKeyOf(dataKey: KeyObject, eventId: Uint8Array): Buffer {
  return expand(dataKey, Buffer.concat([EVENT_KEY, eventId, Buffer.from(ONE_BLOCK)]));
}

export function encryptionKeyOf(eventKey: KeyObject): KeyObject {
  return createSecretKey(expand(eventKey, ENCRYPTION));
}

/** The key's commitment in the sealed head: no other key has it, so no other key opens the bytes. */
export function commitmentOf(eventKey: KeyObject): Buffer {
  return expand(eventKey, COMMITMENT);
}

function expand(key: KeyObject, info: Uint8Array): Buffer {
  return createHmac('sha256', key).update(info).digest();
}
