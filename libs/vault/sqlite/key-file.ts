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

/**
 * Rows are only added at the end, or overwritten in place by a value of the same size: so SQLite never moves a key to
 * another page, where `secure_delete` would leave a copy of it in the gap. A destroyed key keeps its row, with zeros
 * for the key, so it differs from a key that this vault never had.
 */
export const KEY_FILE: FileKind = {
  name: 'vault of keys',
  /** `Clqv` */
  applicationId: 0x436c7176,
  version: 1,
  schema: `
    CREATE TABLE keys (number INTEGER PRIMARY KEY, id BLOB NOT NULL, key BLOB NOT NULL) STRICT;
    CREATE UNIQUE INDEX keys_by_id ON keys (id);`,
  newestIsWhole: newestBy(
    'SELECT length(id) = 16 AND length(key) = 32 AS whole FROM keys ORDER BY number DESC LIMIT 1',
  ),
};

/** The bytes in the place of a key that was destroyed. */
export const DESTROYED = Buffer.alloc(KEY_BYTES);

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
  readonly #insert: Database.Statement<[Buffer, Buffer]>;
  readonly #find: Database.Statement<[Buffer], Buffer>;
  readonly #overwrite: Database.Statement<[Buffer, Buffer]>;
  readonly #version: Database.Statement<[], number>;

  constructor(options: KeyFileOptions) {
    this.#file = options.file;
    this.#busyTimeoutMs = options.busyTimeoutMs;
    this.#open = openKeyFile(options);
    const { db } = this.#open;
    this.#insert = db.prepare<[Buffer, Buffer]>('INSERT INTO keys (id, key) VALUES (?, ?)');
    this.#find = db.prepare<[Buffer], Buffer>('SELECT key FROM keys WHERE id = ?').pluck();
    this.#overwrite = db.prepare<[Buffer, Buffer]>('UPDATE keys SET key = ? WHERE id = ?');
    this.#version = db.prepare<[], number>('PRAGMA data_version').pluck();
  }

  /** Adds keys; they are on disk when it returns. Gives up at once when the file is locked and `wait` is false. */
  add(keys: readonly NewKey[], wait: boolean): void {
    const { db } = this.#open;
    this.#write(() => {
      db.pragma(`busy_timeout = ${wait ? this.#busyTimeoutMs : 0}`);
      const insertAll = (): void => {
        for (const { id, key } of keys) this.#insert.run(id, key);
      };
      try {
        db.transaction(insertAll).immediate();
      } finally {
        db.pragma(`busy_timeout = ${this.#busyTimeoutMs}`);
      }
    });
    this.#moveWhenLong();
  }

  /** A truncated key counts as none. */
  find(id: Buffer): Buffer | 'destroyed' | 'unknown' {
    const key = this.#guard(() => this.#find.get(id));
    if (key === undefined) return 'unknown';
    if (key.equals(DESTROYED)) return 'destroyed';
    return key.length === KEY_BYTES ? key : 'unknown';
  }

  /** Overwrites the keys in the file and empties the write-ahead log, where their pages stood too. */
  destroy(ids: readonly Buffer[]): void {
    const overwriteAll = (): void => {
      for (const id of ids) this.#overwrite.run(DESTROYED, id);
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
