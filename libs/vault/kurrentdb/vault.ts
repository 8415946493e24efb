import { randomBytes } from 'node:crypto';
import { type ConnectOptions, newConnection } from '../../event-store/kurrentdb/connect.ts';
import { SideStreams } from '../../event-store/kurrentdb/side-streams.ts';
import { StoreUnavailable } from '../../event-store/port.ts';
import type { Erased } from '../../kernel/index.ts';
import { NONCE_BYTES } from '../gcm.ts';
import { KeptKeys } from '../kept-keys.ts';
import { keyIdBytes } from '../key-ids.ts';
import { eventKeyFound, keyIdOrBroken, openFound } from '../opening.ts';
import type { DataKey, ErasingVault, KeyState, SealedIn } from '../port.ts';
import { type FoundKey, keyIdIn, sealWith } from '../sealed-form.ts';
import { FollowedKeys } from './followed-keys.ts';
import { KeyCache } from './key-cache.ts';
import { KeyStreams } from './key-streams.ts';
import { KeySupply } from './key-supply.ts';

const SUPPLY = 64;
/** The client holds sixteen calls before it makes others wait. */
const DESTROYED_AT_ONCE = 15;
const CACHED_KEYS = 10_000;
const EVERY_MS = 5_000;
/** Opening waits for the database at every page: when it is away, the copy must soon serve. */
const LOOK_MS = 1_500;

export interface KurrentVaultOptions extends ConnectOptions {
  /** The node's own copy of the keys; made with mode 0600 when it is not there. */
  readonly cacheFile: string;
  /** Keys that are made durable together; 64 unless told. */
  readonly supplySize?: number;
}

/**
 * Opens a vault whose keys stand in KurrentDB beside the log, shared by all nodes. The database may come later. Throws
 * RangeError for a URL that cannot be one, StoreUnavailable for the file.
 */
export async function openKurrentVault(options: KurrentVaultOptions): Promise<ErasingVault> {
  const work = await newConnection(options);
  const look = await newConnection({ ...options, callMs: LOOK_MS, patienceMs: 0 });
  const cache = new KeyCache(options.cacheFile, work.hosts);
  return new KurrentVault({
    streams: new KeyStreams(new SideStreams(work)),
    looking: new KeyStreams(new SideStreams(look)),
    cache,
    supplySize: options.supplySize ?? SUPPLY,
    close: async () => {
      await Promise.all([work.close(), look.close()]);
      cache.close();
    },
  });
}

interface Parts {
  readonly streams: KeyStreams;
  /** The same over a connection without patience, for looks that others wait for. */
  readonly looking: KeyStreams;
  readonly cache: KeyCache;
  readonly supplySize: number;
  readonly close: () => Promise<void>;
}

class KurrentVault implements ErasingVault {
  readonly #parts: Parts;
  readonly #supply: KeySupply;
  readonly #followed: FollowedKeys;
  readonly #keys = new KeptKeys(CACHED_KEYS);
  /** Keys handed out here that have sealed nothing yet: nobody else can know or destroy them. */
  readonly #fresh = new KeptKeys(CACHED_KEYS);
  #closed: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#supply = new KeySupply(parts.streams, parts.supplySize);
    this.#followed = new FollowedKeys({
      streams: parts.looking,
      cache: parts.cache,
      onDestroyed: (ids) => this.#forget(ids),
      everyMs: EVERY_MS,
    });
  }

  async takeKey(): Promise<DataKey> {
    this.#mustBeOpen();
    const { id, key } = await this.#supply.take();
    const hex = id.toString('hex');
    this.#fresh.set(hex, key);
    return { id: hex };
  }

  keyOf(sealed: Uint8Array): DataKey {
    const id = keyIdIn(sealed);
    if (id === undefined) throw new RangeError('these bytes have not the form that the vault gives');
    return { id };
  }

  async seal(key: DataKey, personal: object, at: Required<SealedIn>): Promise<Uint8Array> {
    this.#mustBeOpen();
    const fresh = this.#fresh.get(key.id);
    this.#fresh.delete(key.id);
    const found = fresh ?? (await this.#find(key.id));
    if (fresh !== undefined) this.#keys.set(key.id, fresh);
    return sealWith({ key, found, nonce: randomBytes(NONCE_BYTES), personal, at });
  }

  async open(sealed: Uint8Array, at: SealedIn): Promise<object | Erased> {
    this.#mustBeOpen();
    return openFound(sealed, await this.#find(keyIdOrBroken(sealed)), at);
  }

  async eventKey(sealed: Uint8Array, at: SealedIn): Promise<Uint8Array | Erased | null> {
    this.#mustBeOpen();
    return eventKeyFound(sealed, await this.#find(keyIdOrBroken(sealed)), at);
  }

  async stateOf({ id }: DataKey): Promise<KeyState> {
    this.#mustBeOpen();
    const found = await this.#find(id);
    return typeof found === 'string' ? found : 'kept';
  }

  async destroy(key: DataKey): Promise<void> {
    this.#mustBeOpen();
    const id = keyIdBytes(key.id);
    this.#forget([key.id]);
    await this.#parts.streams.destroy(id);
    this.#parts.cache.apply([{ id, key: null }]);
  }

  async destroyAll(keys: readonly DataKey[]): Promise<void> {
    this.#mustBeOpen();
    this.#forget(keys.map(({ id }) => id));
    const ids = keys.map(({ id }) => keyIdBytes(id));
    for (let start = 0; start < ids.length; start += DESTROYED_AT_ONCE) {
      const some = ids.slice(start, start + DESTROYED_AT_ONCE);
      await Promise.all(some.map((id) => this.#parts.streams.destroy(id)));
      this.#parts.cache.apply(some.map((id) => ({ id, key: null })));
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#keys.clear();
    this.#fresh.clear();
    await Promise.all([this.#supply.close(), this.#followed.close()]);
    await this.#parts.close();
  }

  /** While the database is away, the keys known here must serve; an unknown key is asked for there. */
  async #find(id: string): Promise<FoundKey> {
    const bytes = keyIdBytes(id);
    const state = await this.#followed.level();
    this.#mustBeOpen();
    const known = state === 'behind' ? undefined : this.#known(id, bytes);
    if (known !== undefined) return known;
    const found = await this.#asked(id, bytes);
    if (found === 'destroyed') this.#parts.cache.apply([{ id: bytes, key: null }]);
    if (typeof found !== 'string') this.#keys.set(id, found);
    return found;
  }

  /** Of the database; when it went away before the copy was made, what is known here has to do, too. */
  async #asked(id: string, bytes: Buffer): Promise<FoundKey> {
    try {
      return await this.#parts.streams.find(bytes);
    } catch (error) {
      const known = error instanceof StoreUnavailable ? this.#known(id, bytes) : undefined;
      if (known === undefined) throw error;
      return known;
    }
  }

  #known(id: string, bytes: Buffer): Buffer | 'destroyed' | undefined {
    const kept = this.#keys.get(id);
    if (kept !== undefined) return kept;
    const found = this.#parts.cache.find(bytes);
    if (found === 'unknown') return undefined;
    if (found !== 'destroyed') this.#keys.set(id, found);
    return found;
  }

  #forget(ids: readonly string[]): void {
    for (const id of ids) {
      this.#keys.delete(id);
      this.#fresh.delete(id);
    }
  }

  #mustBeOpen(): void {
    if (this.#closed !== undefined) throw new StoreUnavailable('closed', 'the vault is closed');
  }
}
