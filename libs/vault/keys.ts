import type { Erased } from '../kernel/index.ts';
import type { KeyState, SealedIn } from './port.ts';

/** A data key as a vault keeps it; `key` is null when it was destroyed. */
export interface StoredKey {
  /** 32 lower-case hex digits. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array | null;
}

/** A key that was just made, and is not durable yet. */
export interface NewKey {
  readonly id: Buffer;
  readonly key: Buffer;
}

/** The keys of a vault themselves, for copies and backups alone; code that seals and opens uses `Vault`. */
export interface KeyStore {
  /** How many keys there are, for a progress bar; null where it cannot be told without reading them all. */
  size(): Promise<number | null>;
  /** Every key that is in the vault when this begins, destroyed ones too, in batches. */
  all(): AsyncIterable<readonly StoredKey[]>;
  /**
   * Brings keys from another vault; when it resolves they are durable, and those given as destroyed are destroyed. A
   * key destroyed here stays so, and a repeat changes nothing. Throws OtherKey, StoreUnavailable.
   */
  add(keys: readonly StoredKey[]): Promise<void>;
  stateOf(id: string): Promise<KeyState>;
  /** Opens one seal, to check it. Throws SealBroken, StoreUnavailable. */
  open(sealed: Uint8Array, at: SealedIn): Promise<object | Erased>;
  /**
   * Calls `opening`, which begins to open several seals; their keys are then looked up together, as they are at that moment.
   * Throws StoreUnavailable.
   */
  together?<T>(opening: () => T): T;
  close(): Promise<void>;
}

/** The vault has another key under the same id: it belongs to another forum, or is damaged. */
export class OtherKey extends Error {
  override readonly name = 'OtherKey';

  constructor(id: string) {
    super(`the vault has another key under the id ${id}: it belongs to another forum, or is damaged`);
  }
}
