import type { Erased } from '../kernel/index.ts';

/** A data key: its id stands in the head of everything it sealed, so that no list of owners is needed. */
export interface DataKey {
  /** 32 lower-case hex digits. */
  readonly id: string;
}

/**
 * Data keys and what they seal. Keys are made ahead in batches and are on disk before they are handed out, so taking
 * one costs no wait. Destroying a key erases, everywhere and in every backup of the log, all that it sealed.
 *
 * Sealed form: 1 byte version (1) ‖ 16 bytes key id ‖ 12 bytes nonce ‖ AES-256-GCM ciphertext ‖ 16 bytes tag, with
 * `context` as additional data: the event's stream and type joined by a space, so that nothing sealed can be moved.
 */
export interface Vault {
  /** A fresh key for one owner (a member, a comment). Throws the log's StoreUnavailable when no key can be made durable. */
  takeKey(): Promise<DataKey>;
  /** The key that sealed these bytes, whether or not it still exists. Throws RangeError when they are malformed. */
  keyOf(sealed: Uint8Array): DataKey;
  /** Encrypts a JSON object. Throws KeyDestroyed, also for a key that this vault never made. */
  seal(key: DataKey, personal: object, context: string): Promise<Uint8Array>;
  /**
   * The object again, or `ERASED` when its key was destroyed, in whatever process.
   * Throws SealBroken when the bytes were altered, cut or moved, or when this vault never had their key.
   */
  open(sealed: Uint8Array, context: string): Promise<object | Erased>;
  /** Resolves when no file holds the key any more; destroying it again changes nothing. */
  destroy(key: DataKey): Promise<void>;
  close(): Promise<void>;
}

export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** Nothing can be sealed with this key (any more). */
export class KeyDestroyed extends Error {
  override readonly name = 'KeyDestroyed';
}
