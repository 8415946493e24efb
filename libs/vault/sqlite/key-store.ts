import type Database from 'better-sqlite3';
import { type CopyProgress, StoreUnavailable } from '../../event-store/index.ts';
import { copyDatabase, standAlone } from '../../event-store/sqlite/database-copy.ts';
import { foreignIn, openForReading } from '../../event-store/sqlite/database-file.ts';
import type { DurableFile } from '../../event-store/sqlite/durable-file.ts';
import { toUnavailable } from '../../event-store/sqlite/faults.ts';
import { ERASED, type Erased } from '../../kernel/index.ts';
import { KEY_BYTES, keyIdBytes } from '../key-ids.ts';
import { type KeyStore, OtherKey, type StoredKey } from '../keys.ts';
import { keyIdOrBroken, openFound } from '../opening.ts';
import type { KeyState, SealedIn } from '../port.ts';
import { KEY_FILE, KEYS_WAL_BYTES_KEPT, openKeyFile } from './key-file.ts';
import { dropOldPages } from './key-pages.ts';
import { idIn, KeyRows, keyIn } from './key-rows.ts';

const PAGE = 1_000;
const BUSY_TIMEOUT_MS = 5_000;

export interface SqliteKeyStoreOptions {
  /** Made, readable by its owner alone, when it is not there (not when `readOnly`). */
  readonly file: string;
  readonly readOnly?: boolean;
}

/** Opens a vault's file for a copy. Throws StoreUnavailable. */
export function openSqliteKeyStore({ file, readOnly = false }: SqliteKeyStoreOptions): KeyStore {
  return new SqliteKeyStore(file, readOnly);
}

/** Copies a vault's file while others write to it; see `copyDatabase`. */
export function copySqliteVault(from: string, to: string, onProgress: CopyProgress): Promise<void> {
  return copyDatabase(KEY_FILE, from, to, onProgress);
}

/** The parts of a vault's file that the forum did not make, such as a trigger; in words. Throws StoreUnavailable. */
export function foreignInSqliteVault(file: string): readonly string[] {
  return foreignIn(KEY_FILE, file);
}

/** Leaves a closed vault as one file; see `standAlone`. */
export function sqliteVaultStandsAlone(file: string): void {
  standAlone(KEY_FILE, file);
}

class SqliteKeyStore implements KeyStore {
  readonly #file: string;
  readonly #db: Database.Database;
  /** Null when it was opened for reading alone. */
  readonly #open: DurableFile | null;
  readonly #rows: KeyRows;

  constructor(file: string, readOnly: boolean) {
    this.#file = file;
    this.#open = readOnly ? null : openKeyFile({ file, busyTimeoutMs: BUSY_TIMEOUT_MS });
    this.#db = this.#open?.db ?? openForReading(KEY_FILE, file, BUSY_TIMEOUT_MS);
    this.#rows = new KeyRows(this.#db);
  }

  async size(): Promise<number> {
    return this.#guard(() => this.#rows.newest());
  }

  async *all(): AsyncIterable<readonly StoredKey[]> {
    const until = this.#guard(() => this.#rows.newest());
    for (let after = 0; ; ) {
      const rows = this.#guard(() => this.#rows.page(after, until, PAGE));
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map((row) => ({ id: idIn(row).toString('hex'), key: keyIn(row) }));
      after = last.number;
    }
  }

  async add(keys: readonly StoredKey[]): Promise<void> {
    const open = this.#open;
    if (open === null) throw new StoreUnavailable('unsupported', `${this.#file} was opened for reading alone`);
    const destroys = open.write(() => this.#db.transaction(() => this.#write(keys)).immediate());
    if (destroys) dropOldPages(open, this.#file);
    else if (open.unmovedBytes() >= KEYS_WAL_BYTES_KEPT) open.checkpoint('PASSIVE');
  }

  async stateOf(id: string): Promise<KeyState> {
    const found = this.#guard(() => this.#rows.find(keyIdBytes(id)));
    if (found === undefined) return 'unknown';
    return found === null ? 'destroyed' : 'kept';
  }

  async open(sealed: Uint8Array, at: SealedIn): Promise<object | Erased> {
    const id = keyIdBytes(keyIdOrBroken(sealed));
    const found = this.#guard(() => this.#rows.find(id));
    if (found === null) return ERASED;
    return openFound(sealed, found?.length === KEY_BYTES ? found : 'unknown', at);
  }

  /** A look at the file by itself costs as much as finding the key in it. */
  together<T>(opening: () => T): T {
    return this.#guard(() => this.#db.transaction(opening)());
  }

  async close(): Promise<void> {
    if (this.#open === null) this.#db.close();
    else this.#open.close();
    if (this.#open?.fault) throw this.#open.fault;
  }

  /** True when a key that stood here was overwritten. */
  #write(keys: readonly StoredKey[]): boolean {
    let destroys = false;
    for (const { id, key } of keys) {
      const bytes = keyIdBytes(id);
      const standing = this.#rows.find(bytes);
      if (standing === undefined) {
        this.#rows.add(bytes, key);
      } else if (key === null && standing !== null) {
        this.#rows.destroy(bytes);
        destroys = true;
      } else if (key !== null && standing !== null && !standing.equals(key)) {
        throw new OtherKey(id);
      }
    }
    return destroys;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toUnavailable(error, this.#file);
    }
  }
}
