import { randomFillSync } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoreUnavailable } from '../../event-store/index.ts';
import type { Erased } from '../../kernel/index.ts';
import { NONCE_BYTES } from '../gcm.ts';
import { KeptKeys } from '../kept-keys.ts';
import { keyIdBytes } from '../key-ids.ts';
import { eventKeyFound, keyIdOrBroken, openFound } from '../opening.ts';
import type { DataKey, ErasingVault, KeyState, SealedIn } from '../port.ts';
import { type FoundKey, keyIdIn, sealWith } from '../sealed-form.ts';
import { KeyFile } from './key-file.ts';
import { KeyPool } from './key-pool.ts';

const POOL = 256;
const CACHED_KEYS = 10_000;
/** The most unused keys; beyond it keys are looked up in the file like all others. */
const FRESH_KEYS = 1_000;
const NONCES = 1_024;
const BUSY_TIMEOUT_MS = 5_000;
/** Keys that are overwritten in one transaction, some milliseconds. */
const DESTROYED_AT_ONCE = 500;

export interface SqliteVaultOptions {
  /** The file of keys; made with mode 0600, and its directory, when it is not there. */
  readonly file: string;
  /** Keys that are made durable together; 256 unless told. */
  readonly poolSize?: number;
  /**
   * When the first keys are made; at once unless told. A promise: once it is fulfilled. False, for a process that may seal nothing: when one is
   * taken, and none in an open that only reads.
   */
  readonly keysAhead?: boolean | Promise<void>;
  /** How long to wait for another process's lock, in milliseconds; 5,000 unless told. */
  readonly busyTimeoutMs?: number;
  /** Told once, when the disk has failed: nothing is written to the file any more. */
  readonly onFault?: (fault: StoreUnavailable) => void;
}

/** Opens a vault whose keys stand in one SQLite file, which several processes may share. Throws StoreUnavailable. */
export async function openSqliteVault(options: SqliteVaultOptions): Promise<ErasingVault> {
  const { poolSize = POOL, keysAhead = true, busyTimeoutMs = BUSY_TIMEOUT_MS } = options;
  if (!Number.isSafeInteger(poolSize) || poolSize < 1) throw new RangeError('a pool holds at least one key');
  return new SqliteVault(new KeyFile({ ...options, busyTimeoutMs }), { poolSize, keysAhead });
}

/**
 * Keys in use are kept in memory. A key that another process destroyed must not survive there: before each use of a
 * kept key SQLite's `data_version` is read (a few microseconds), and after anybody else's write all kept keys are
 * dropped.
 */
class SqliteVault implements ErasingVault {
  readonly #file: KeyFile;
  readonly #pool: KeyPool;
  readonly #keys = new KeptKeys(CACHED_KEYS);
  /** Keys handed out here that have sealed nothing yet: nobody else can know them, nor destroy them. */
  readonly #fresh = new Map<string, Buffer>();
  readonly #nonces = Buffer.alloc(NONCES * NONCE_BYTES);
  #nonce = NONCES;
  #version: number;

  constructor(file: KeyFile, { poolSize, keysAhead }: Required<Pick<SqliteVaultOptions, 'poolSize' | 'keysAhead'>>) {
    this.#file = file;
    this.#pool = new KeyPool(file, poolSize, keysAhead);
    this.#version = file.dataVersion();
  }

  async takeKey(): Promise<DataKey> {
    const { id, key } = this.#pool.take();
    const hex = id.toString('hex');
    if (this.#fresh.size >= FRESH_KEYS) this.#fresh.clear();
    this.#fresh.set(hex, key);
    return { id: hex };
  }

  keyOf(sealed: Uint8Array): DataKey {
    const id = keyIdIn(sealed);
    if (id === undefined) throw new RangeError('these bytes have not the form that the vault gives');
    return { id };
  }

  async seal(key: DataKey, personal: object, at: Required<SealedIn>): Promise<Uint8Array> {
    const found = this.#takeFresh(key.id) ?? this.#find(key.id);
    return sealWith({ key, found, nonce: this.#nextNonce(), personal, at });
  }

  async open(sealed: Uint8Array, at: SealedIn): Promise<object | Erased> {
    return openFound(sealed, this.#find(keyIdOrBroken(sealed)), at);
  }

  async eventKey(sealed: Uint8Array, at: SealedIn): Promise<Uint8Array | Erased | null> {
    return eventKeyFound(sealed, this.#find(keyIdOrBroken(sealed)), at);
  }

  async stateOf({ id }: DataKey): Promise<KeyState> {
    const found = this.#find(id);
    return typeof found === 'string' ? found : 'kept';
  }

  async destroy(key: DataKey): Promise<void> {
    this.#keys.delete(key.id);
    this.#fresh.delete(key.id);
    this.#file.destroy([keyIdBytes(key.id)]);
  }

  async destroyAll(keys: readonly DataKey[]): Promise<void> {
    for (const { id } of keys) {
      this.#keys.delete(id);
      this.#fresh.delete(id);
    }
    for (let start = 0; start < keys.length; start += DESTROYED_AT_ONCE) {
      const some = keys.slice(start, start + DESTROYED_AT_ONCE);
      this.#file.destroy(some.map(({ id }) => keyIdBytes(id)));
      await nextTurn();
    }
  }

  async close(): Promise<void> {
    this.#pool.close();
    this.#keys.clear();
    this.#fresh.clear();
    this.#file.close();
  }

  #takeFresh(id: string): Buffer | undefined {
    const fresh = this.#fresh.get(id);
    this.#fresh.delete(id);
    return fresh;
  }

  #find(id: string): FoundKey {
    const bytes = keyIdBytes(id);
    const kept = this.#keys.get(id);
    if (kept !== undefined && this.#isUnchanged()) return kept;
    const found = this.#file.find(bytes);
    if (typeof found === 'string') return found;
    this.#keys.set(id, found);
    return found;
  }

  /** Whether nobody else has written since keys were kept; drops them otherwise. A key that is read from the file is the present one anyway. */
  #isUnchanged(): boolean {
    const version = this.#file.dataVersion();
    if (version === this.#version) return true;
    this.#keys.clear();
    this.#version = version;
    return false;
  }

  /** Random nonces, made many at a time: asking the operating system for twelve bytes costs more than sealing does. */
  #nextNonce(): Buffer {
    if (this.#nonce === NONCES) {
      randomFillSync(this.#nonces);
      this.#nonce = 0;
    }
    const start = this.#nonce * NONCE_BYTES;
    this.#nonce += 1;
    return this.#nonces.subarray(start, start + NONCE_BYTES);
  }
}
