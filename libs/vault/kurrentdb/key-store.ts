import { type ConnectOptions, newConnection } from '../../event-store/kurrentdb/connect.ts';
import { faultKindOf } from '../../event-store/kurrentdb/faults.ts';
import { SideStreams } from '../../event-store/kurrentdb/side-streams.ts';
import type { Erased } from '../../kernel/index.ts';
import { keyIdBytes } from '../key-ids.ts';
import type { KeyStore, StoredKey } from '../keys.ts';
import { keyIdOrBroken, openFound } from '../opening.ts';
import type { KeyState, SealedIn } from '../port.ts';
import type { KeyFate } from './key-cache.ts';
import { KeyStreams } from './key-streams.ts';
import { KeyTable } from './key-table.ts';

/** Keys on their way at once: the client holds sixteen appends before it makes writers wait. */
const AT_ONCE = 15;

/** Opens the vault beside a log on KurrentDB for a copy. Throws RangeError for a URL that cannot be one. */
export async function openKurrentKeyStore(options: ConnectOptions): Promise<KeyStore> {
  const connection = await newConnection(options);
  return new KurrentKeyStore(new KeyStreams(new SideStreams(connection)), () => connection.close());
}

class KurrentKeyStore implements KeyStore {
  readonly #streams: KeyStreams;
  readonly #close: () => Promise<void>;
  /** As they were when the first seal was opened; keys that came since are asked for, and what was destroyed stays so. */
  #table: Promise<KeyTable> | undefined;

  constructor(streams: KeyStreams, close: () => Promise<void>) {
    this.#streams = streams;
    this.#close = close;
  }

  async size(): Promise<null> {
    return null;
  }

  /** Reads twice, since a key destroyed at the end must not be given as it was before. Remembers the destroyed ones. */
  async *all(): AsyncIterable<readonly StoredKey[]> {
    const end = await this.#streams.end();
    const destroyed = new Set<string>();
    for await (const fates of this.#fates(end)) {
      for (const { id, key } of fates) if (key === null) destroyed.add(id.toString('hex'));
    }
    for await (const fates of this.#fates(end)) {
      const keys = fates.map(({ id, key }) => ({ id: id.toString('hex'), key }));
      yield keys.filter(({ id, key }) => key === null || !destroyed.has(id));
    }
  }

  async add(keys: readonly StoredKey[]): Promise<void> {
    for (let start = 0; start < keys.length; start += AT_ONCE) {
      await Promise.all(keys.slice(start, start + AT_ONCE).map((key) => this.#put(key)));
    }
  }

  async stateOf(id: string): Promise<KeyState> {
    if (this.#table !== undefined && (await this.#table).find(id) === 'destroyed') return 'destroyed';
    const found = await this.#streams.find(keyIdBytes(id));
    return typeof found === 'string' ? found : 'kept';
  }

  /** The first call reads all keys, so that a check of a whole log does not ask the database for each seal. */
  async open(sealed: Uint8Array, at: SealedIn): Promise<object | Erased> {
    const id = keyIdOrBroken(sealed);
    const read = (await this.#readOnce()).find(id);
    const found = read === 'unknown' ? await this.#streams.find(keyIdBytes(id)) : read;
    return openFound(sealed, found, at);
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** A reading that failed is begun anew by the next call. */
  #readOnce(): Promise<KeyTable> {
    this.#table ??= this.#readAll().catch((error: unknown) => {
      this.#table = undefined;
      throw error;
    });
    return this.#table;
  }

  async #readAll(): Promise<KeyTable> {
    const table = new KeyTable();
    for await (const keys of this.all()) for (const key of keys) table.add(key);
    return table;
  }

  /** Pages of keys that were made or destroyed up to a position. */
  async *#fates(end: bigint): AsyncIterable<readonly KeyFate[]> {
    for (let after = 0n; ; ) {
      const { fates, position, whole } = await this.#streams.since(after);
      yield fates;
      if (whole || position === undefined || position >= end) return;
      after = position;
    }
  }

  async #put({ id, key }: StoredKey): Promise<void> {
    if (key === null) return this.#streams.destroy(keyIdBytes(id));
    try {
      await this.#streams.put(keyIdBytes(id), Buffer.from(key));
    } catch (error) {
      if (faultKindOf(error) !== 'stream-deleted') throw error;
    }
  }
}
