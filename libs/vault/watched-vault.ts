import { LRUCache } from 'lru-cache';
import { type EventStore, StoreUnavailable } from '../event-store/index.ts';
import { type Erased, growingTo, isErased, UNREADABLE } from '../kernel/index.ts';
import { isDestructionRecorded } from './destructions.ts';
import { type DataKey, type ErasingVault, KeyGone, type KeyState, SealBroken, type SealedIn } from './port.ts';
import { withoutCommitment } from './version-2.ts';

/** Streams of keys that are read together. */
const AT_ONCE = 16;
/** Seals and keys that are remembered, so that each is told or asked for once. */
const MOST_REMEMBERED = 10_000;

/** A seal that cannot be read, and why. */
export interface UnreadableSeal {
  readonly at: SealedIn;
  readonly reason: string;
}

/** For an operator, in one line. */
export function unreadableWords({ at, reason }: UnreadableSeal): string {
  return `what is sealed in ${at.stream} (${at.type}) cannot be read: ${reason}; see: colloquy verify`;
}

/** A key is destroyed only when an event of the log says so. */
export class DestructionUnrecorded extends Error {
  override readonly name = 'DestructionUnrecorded';

  constructor(keyId: string) {
    super(`key ${keyId} is not destroyed: no event of the log says that it is to be`);
  }
}

/**
 * A vault for code that shows sealed texts: a part that cannot be opened is UNREADABLE and no error, so that one broken
 * seal is one broken text. A destroyed key counts as erased only when the log says so; without an event somebody took
 * it away.
 */
export class WatchedVault implements ErasingVault {
  readonly #vault: ErasingVault;
  readonly #log: Pick<EventStore, 'readStream'>;
  readonly #tell: (seal: UnreadableSeal) => void;
  readonly #destroyed = new LRUCache<string, true>(growingTo(MOST_REMEMBERED));
  readonly #told = new LRUCache<string, true>(growingTo(MOST_REMEMBERED));

  /** `tell` hears of each broken seal once. */
  constructor(vault: ErasingVault, log: Pick<EventStore, 'readStream'>, tell: (seal: UnreadableSeal) => void) {
    this.#vault = vault;
    this.#log = log;
    this.#tell = tell;
  }

  takeKey(): Promise<DataKey> {
    return this.#vault.takeKey();
  }

  keyOf(sealed: Uint8Array): DataKey {
    return this.#vault.keyOf(sealed);
  }

  stateOf(key: DataKey): Promise<KeyState> {
    return this.#vault.stateOf(key);
  }

  /**
   * Uses a new key when the given one was taken away: a comment that nobody erased can still be decided on and written
   * to.
   */
  async seal(key: DataKey, personal: object, at: Required<SealedIn>): Promise<Uint8Array> {
    try {
      return await this.#vault.seal(key, personal, at);
    } catch (error) {
      if (!(error instanceof KeyGone) || (await isDestructionRecorded(this.#log, key.id))) throw error;
      return this.#vault.seal(await this.#vault.takeKey(), personal, at);
    }
  }

  async open(sealed: Uint8Array, at: SealedIn): Promise<object | Erased> {
    try {
      const opened = await this.#vault.open(sealed, at);
      if (!isErased(opened) || (await this.#isErasure(this.#vault.keyOf(sealed)))) return opened;
      return this.#unreadable(sealed, { at, reason: 'its key was taken away: no event of the log destroyed it' });
    } catch (error) {
      if (error instanceof SealBroken) return this.#unreadable(sealed, { at, reason: error.message });
      throw error;
    }
  }

  async eventKey(sealed: Uint8Array, at: SealedIn): Promise<Uint8Array | Erased | null> {
    return this.#vault.eventKey(sealed, at);
  }

  /** Throws DestructionUnrecorded, and StoreUnavailable while the log is away and nobody knows. */
  async destroy(key: DataKey): Promise<void> {
    await this.#requireRecorded(key);
    await this.#vault.destroy(key);
  }

  /** Throws as `destroy` does, before any of them is destroyed. */
  async destroyAll(keys: readonly DataKey[]): Promise<void> {
    for (let start = 0; start < keys.length; start += AT_ONCE) {
      await Promise.all(keys.slice(start, start + AT_ONCE).map((key) => this.#requireRecorded(key)));
    }
    await this.#vault.destroyAll(keys);
  }

  async #requireRecorded({ id }: DataKey): Promise<void> {
    if (!(await isDestructionRecorded(this.#log, id))) throw new DestructionUnrecorded(id);
  }

  close(): Promise<void> {
    return this.#vault.close();
  }

  /** While the log is away, the vault is believed. */
  async #isErasure({ id }: DataKey): Promise<boolean> {
    if (this.#destroyed.has(id)) return true;
    try {
      if (!(await isDestructionRecorded(this.#log, id))) return false;
    } catch (error) {
      if (error instanceof StoreUnavailable) return true;
      throw error;
    }
    this.#destroyed.set(id, true);
    return true;
  }

  #unreadable(sealed: Uint8Array, seal: UnreadableSeal): Erased {
    const name = Buffer.from(withoutCommitment(sealed).subarray(0, MOST_NAMED_BYTES)).toString('base64');
    const known = `${seal.at.stream} ${seal.at.type} ${name}`;
    if (!this.#told.has(known)) this.#tell(seal);
    this.#told.set(known, true);
    return UNREADABLE;
  }
}

/** The head of a seal tells it from all others; a view's copy of it is the same one. */
const MOST_NAMED_BYTES = 96;
