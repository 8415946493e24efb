import { KEY_ID_BYTES, keyIdBytes, VERSION_BYTES } from './key-ids.ts';
import { type DataKey, KeyGone, SealBroken, type SealedIn } from './port.ts';
import { decryptVersion1, isVersion1 } from './version-1.ts';
import { eventIdIn, isCopy2, isVersion2, openCopy2, openVersion2, sealVersion2 } from './version-2.ts';

/** 1: AES-256-GCM alone, which does not commit to its text. 2: with a commitment; see `Vault` in port.ts. */
export type SealVersion = 1 | 2;

/** A key of 32 bytes as a vault finds it: the word says why there is none. */
export type FoundKey = Uint8Array | 'destroyed' | 'unknown';

/** The version of sealed bytes; undefined when they are malformed. */
export function sealVersionOf(sealed: Uint8Array): SealVersion | undefined {
  if (isVersion2(sealed)) return 2;
  return isVersion1(sealed) ? 1 : undefined;
}

/** The id of the key that sealed the bytes, or those that they are a copy of; undefined when they are malformed. */
export function keyIdIn(sealed: Uint8Array): string | undefined {
  if (sealVersionOf(sealed) === undefined && !isCopy2(sealed)) return undefined;
  return asBuffer(sealed).toString('hex', VERSION_BYTES, VERSION_BYTES + KEY_ID_BYTES);
}

export interface SealInput {
  readonly key: DataKey;
  readonly found: FoundKey;
  /** Never used with this key before: 12 random bytes. */
  readonly nonce: Uint8Array;
  readonly personal: object;
  readonly at: Required<SealedIn>;
}

/** Seals a JSON object in the newest version. Throws KeyGone, and RangeError for ids that are none. */
export function sealWith({ key, found, nonce, personal, at }: SealInput): Buffer {
  const keyId = keyIdBytes(key.id);
  if (typeof found === 'string') throw new KeyGone(`nothing can be sealed with key ${key.id}: it is ${found}`);
  return sealVersion2({ keyId, key: found, nonce, plain: JSON.stringify(personal), at });
}

/** The object that was sealed, in whatever version, or of a copy (`withoutCommitment`). Throws SealBroken. */
export function openWith(sealed: Uint8Array, key: Uint8Array, at: SealedIn): object {
  const bytes = asBuffer(sealed);
  if (isCopy2(bytes)) return sealedObjectIn(openCopy2(bytes, key, at));
  return sealedObjectIn(isVersion2(bytes) ? openVersion2(bytes, key, at) : decryptVersion1(bytes, key, at));
}

/** The event whose seal this says to be; undefined for version 1, which does not say. */
export function sealedEventId(sealed: Uint8Array): string | undefined {
  return isVersion2(sealed) ? eventIdIn(asBuffer(sealed)) : undefined;
}

/** Throws SealBroken. */
export function sealedObjectIn(text: string): object {
  const personal = parsed(text);
  if (typeof personal !== 'object' || personal === null) throw new SealBroken('what was sealed is no object');
  return personal;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SealBroken('what was sealed is no JSON', { cause: error });
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
