import type { Erased } from '../kernel/index.ts';

/** The state of a key. */
export type KeyState = 'kept' | 'destroyed' | 'unknown';

/** A data key: its id stands in the head of everything it sealed, so that no list of owners is needed. */
export interface DataKey {
  /** 32 lower-case hex digits. */
  readonly id: string;
}

/** The event that holds sealed bytes: they open in no other. */
export interface SealedIn {
  readonly stream: string;
  /** With its version, as it was stored. */
  readonly type: string;
  /** A UUID. A view that keeps the bytes without the id leaves it out; then the id in the bytes counts. */
  readonly id?: string;
}

/**
 * Data keys and what they seal. Keys are made ahead in batches and are on disk before they are handed out, so taking
 * one costs no wait. Destroying a key (`ErasingVault`) erases, everywhere and in every backup of the log, all that it sealed.
 *
 * Sealed form: 1 byte version (2) ‖ 16 bytes key id ‖ 16 bytes event id ‖ 32 bytes commitment ‖ 12 bytes nonce ‖ AES-256-GCM
 * ciphertext ‖ 16 bytes tag, with the event's stream and type, joined by a space, as additional data. The encryption's key and
 * the commitment come from the event's key, which comes from the data key and the event's id: docs/AUDIT.md has every byte.
 * So nothing sealed can be moved, and the bytes open as one text alone, whatever keys anybody makes up.
 *
 * A view may keep a copy without the commitment (`withoutCommitment`), which opens where no event's id is told.
 *
 * Version 1, which was written before, has neither event id nor commitment, and the data key encrypts.
 */
export interface Vault {
  /** A fresh key for one owner (a member, a comment). Throws the log's StoreUnavailable when no key can be made durable. */
  takeKey(): Promise<DataKey>;
  /** The key that sealed these bytes, whether or not it still exists. Throws RangeError when they are malformed. */
  keyOf(sealed: Uint8Array): DataKey;
  /** The state of a key. Throws RangeError for an id that is none. */
  stateOf(key: DataKey): Promise<KeyState>;
  /** Encrypts a JSON object. Throws KeyGone, also for a key that this vault never made. */
  seal(key: DataKey, personal: object, at: Required<SealedIn>): Promise<Uint8Array>;
  /**
   * The object again, or `ERASED` when its key was destroyed, in whatever process.
   * Throws SealBroken when the bytes were altered, cut or moved, or when this vault never had their key.
   */
  open(sealed: Uint8Array, at: SealedIn): Promise<object | Erased>;
  /**
   * The key of one event, 32 bytes, to be given away: it opens these bytes with `openWithEventKey` and no others. Null for
   * version 1, where no event has a key of its own. Throws SealBroken as `open` does.
   */
  eventKey(sealed: Uint8Array, at: SealedIn): Promise<Uint8Array | Erased | null>;
  close(): Promise<void>;
}

/** A vault whose keys can be destroyed. The log has the event first: in the forum only `KeyDestruction` does this. */
export interface ErasingVault extends Vault {
  /** Resolves when no file holds the key any more; destroying it again changes nothing. Throws StoreUnavailable. */
  destroy(key: DataKey): Promise<void>;
  /** The same for many at once. When it fails, some of them may be destroyed; a repeat destroys the rest. */
  destroyAll(keys: readonly DataKey[]): Promise<void>;
}

export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** Nothing can be sealed with this key (any more). */
export class KeyGone extends Error {
  override readonly name = 'KeyGone';
}
