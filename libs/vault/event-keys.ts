import { createSecretKey, hash, type KeyObject } from 'node:crypto';

/**
 * HKDF-Expand of RFC 5869 over SHA-256 for one block of output, which is one HMAC over the label and the byte 1. Its first
 * half, Extract, is left out as section 3.3 there allows: a data key is 32 random bytes already.
 */
const ONE_BLOCK = '\u0001';
const EVENT_KEY = Buffer.from('colloquy seal v2 event key ');
const ENCRYPTION = Buffer.from(`colloquy seal v2 encryption${ONE_BLOCK}`);
const COMMITMENT = Buffer.from(`colloquy seal v2 commitment${ONE_BLOCK}`);

/** The key of one event, 32 bytes: it opens this event's sealed part and nothing else. `eventId` has 16 bytes. */
export function eventKeyOf(dataKey: Uint8Array, eventId: Uint8Array): Buffer {
  return expand(dataKey, Buffer.concat([EVENT_KEY, eventId, Buffer.from(ONE_BLOCK)]));
}

export function encryptionKeyOf(eventKey: Uint8Array): KeyObject {
  return createSecretKey(expand(eventKey, ENCRYPTION));
}

/** The key's commitment in the sealed head: no other key has it, so no other key opens the bytes. */
export function commitmentOf(eventKey: Uint8Array): Buffer {
  return expand(eventKey, COMMITMENT);
}

const BLOCK_BYTES = 64;
const HASH_BYTES = 32;
const KEY_BYTES = 32;
/** Longer than any label with an id. */
const MOST_INFO = 64;
/** RFC 2104: the key and a pad, for the hash of the text and for the hash of that. */
const [INNER_PAD, OUTER_PAD] = [0x36, 0x5c];
const inner = Buffer.alloc(BLOCK_BYTES + MOST_INFO);
const outer = Buffer.alloc(BLOCK_BYTES + HASH_BYTES);

/**
 * HMAC of SHA-256 from two hashes at one go, whose results come as text: `createHmac` takes twice as long, and leaves the
 * collector an object of OpenSSL's each time.
 */
function expand(key: Uint8Array, info: Uint8Array): Buffer {
  if (key.byteLength !== KEY_BYTES || info.byteLength > MOST_INFO) throw new RangeError('a key has 32 bytes');
  for (let at = 0; at < KEY_BYTES; at += 1) {
    const byte = key[at] ?? 0;
    inner[at] = byte ^ INNER_PAD;
    outer[at] = byte ^ OUTER_PAD;
  }
  inner.fill(INNER_PAD, KEY_BYTES, BLOCK_BYTES);
  outer.fill(OUTER_PAD, KEY_BYTES, BLOCK_BYTES);
  inner.set(info, BLOCK_BYTES);
  outer.write(hash('sha256', inner.subarray(0, BLOCK_BYTES + info.byteLength), 'binary'), BLOCK_BYTES, 'latin1');
  const expanded = Buffer.from(hash('sha256', outer, 'binary'), 'latin1');
  inner.fill(0, 0, KEY_BYTES);
  outer.fill(0);
  return expanded;
}
