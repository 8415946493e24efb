import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import type { StoreUnavailable } from '../../event-store/port.ts';
import { type FileKind, newestBy } from '../../event-store/sqlite/database-file.ts';
import { DurableFile } from '../../event-store/sqlite/durable-file.ts';
import { toUnavailable } from '../../event-store/sqlite/faults.ts';
import { KEY_BYTES } from '../key-ids.ts';
import type { NewKey } from '../keys.ts';
import { dropOldPages, withKeys } from './key-pages.ts';
import { IS_WHOLE, KEYS_SCHEMA, KEYS_SCHEMA_BEFORE, KEYS_VERSION, KeyRows } from './key-rows.ts';

/**
 * Rows are only added at the end, or overwritten in place by a value of the same size: so SQLite never moves a key to
 * another page, where `secure_delete` would leave a copy of it in the gap. A destroyed key keeps its row, with zeros
 * for the key, so it differs from a key that this vault never had.
 */
export const KEY_FILE: FileKind = {
  name: 'vault of keys',
  /** `Clqv` */
  applicationId: 0x436c7176,
  version: KEYS_VERSION,
  schema: KEYS_SCHEMA,
  olderSchemas: [KEYS_SCHEMA_BEFORE],
  newestIsWhole: newestBy(`SELECT ${IS_WHOLE} AS whole FROM keys ORDER BY number DESC LIMIT 1`),
};

/** Bytes of the write-ahead log after which they are moved into the file. */
export const KEYS_WAL_BYTES_KEPT = 4_194_304;

export interface KeyFileOptions {
  readonly file: string;
  /** How long to wait for another process's lock, in milliseconds. */
  readonly busyTimeoutMs: number;
  /** Told once, when the disk has failed. */
  readonly onFault?: (fault: StoreUnavailable) => void;
}

/** Opens the file for writing, and makes it when there is none; its owner alone may read it. Throws StoreUnavailable. */
export function openKeyFile(options: KeyFileOptions): DurableFile {
  const { file } = options;
  try {
    mkdirSync(dirname(file), { recursive: true });
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    throw toUnavailable(error, file);
  }
  return new DurableFile(KEY_FILE, { ...options, pragmas: ['secure_delete = ON'] });
}

/** The file of keys, readable by its owner alone. Every method throws StoreUnavailable when the file cannot serve. */
export class KeyFile {
  readonly #file: string;
  readonly #busyTimeoutMs: number;
  readonly #open: DurableFile;
  readonly #rows: KeyRows;
  readonly #version: Database.Statement<[], number>;

  constructor(options: KeyFileOptions) {
    this.#file = options.file;
    this.#busyTimeoutMs = options.busyTimeoutMs;
    this.#open = openKeyFile(options);
    const { db } = this.#open;
    this.#rows = new KeyRows(db);
    this.#version = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  /** Makes keys; they are on disk when it returns. Gives up at once when the file is locked and `wait` is false. */
  make(count: number, wait: boolean): readonly NewKey[] {
    const { db } = this.#open;
    const made = this.#write(() => {
      db.pragma(`busy_timeout = ${wait ? this.#busyTimeoutMs : 0}`);
      try {
        return db.transaction(() => this.#rows.make(count)).immediate();
      } finally {
        db.pragma(`busy_timeout = ${this.#busyTimeoutMs}`);
      }
    });
    this.#moveWhenLong();
    return made;
  }

  /** A truncated key counts as none. */
  find(id: Buffer): Buffer | 'destroyed' | 'unknown' {
    const found = this.#guard(() => this.#rows.find(id));
    if (found === undefined) return 'unknown';
    if (found === null) return 'destroyed';
    return found.length === KEY_BYTES ? found : 'unknown';
  }

  /** Overwrites the keys in the file and empties the write-ahead log, where their pages stood too. */
  destroy(ids: readonly Buffer[]): void {
    const overwriteAll = (): void => {
      for (const id of ids) this.#rows.destroy(id);
    };
    this.#write(() => this.#open.db.transaction(overwriteAll).immediate());
    dropOldPages(this.#open, this.#file);
  }

  /** Changes when another process (or connection) has written to the file. */
  dataVersion(): number {
    return this.#guard(() => this.#version.get() ?? 0);
  }

  close(): void {
    this.#open.close();
  }

  #guard<T>(work: () => T): T {
    return withKeys(this.#open.db, this.#file, work);
  }

  #write<T>(work: () => T): T {
    return this.#guard(() => this.#open.write(work));
  }

  /** The keys are on disk already, so a move that a full disk refuses is tried again the next time. */
  #moveWhenLong(): void {
    try {
      if (this.#open.unmovedBytes() >= KEYS_WAL_BYTES_KEPT) this.#open.checkpoint('PASSIVE');
    } catch (error) {
      if (this.#open.fault !== null) throw error;
    }
  }
}
