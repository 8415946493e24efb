import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { type FileKind, newestBy } from '../../event-store/sqlite/database-file.ts';
import { DurableFile } from '../../event-store/sqlite/durable-file.ts';
import type { Position } from '../../kernel/index.ts';
import { KEY_BYTES } from '../key-ids.ts';
import { withKeys } from '../sqlite/key-pages.ts';

/** Rows are only added at the end and overwritten in place, as in the vault that is a file: no copy is left in a gap. */
const CACHE_FILE: FileKind = {
  name: 'cache of keys',
  /** `Clqc` */
  applicationId: 0x436c7163,
  version: 1,
  schema: `
    CREATE TABLE keys (number INTEGER PRIMARY KEY, id BLOB NOT NULL, key BLOB NOT NULL) STRICT;
    CREATE UNIQUE INDEX keys_by_id ON keys (id);
    CREATE TABLE followed (one INTEGER PRIMARY KEY CHECK (one = 1), database TEXT NOT NULL, position INTEGER NOT NULL) STRICT;`,
  newestIsWhole: newestBy(
    'SELECT length(id) = 16 AND length(key) = 32 AS whole FROM keys ORDER BY number DESC LIMIT 1',
  ),
};

const DESTROYED = Buffer.alloc(KEY_BYTES);
const BUSY_TIMEOUT_MS = 5_000;

/** The fate of a key: its bytes, or null once it was destroyed. */
export interface KeyFate {
  readonly id: Buffer;
  readonly key: Buffer | null;
}

/**
 * A node's copy of the keys in the database, so that a page of a hundred comments asks it nothing. It can be deleted at
 * any time while the node is stopped. Every method throws StoreUnavailable when the file cannot serve.
 */
export class KeyCache {
  readonly #file: string;
  readonly #open: DurableFile;
  readonly #db: Database.Database;
  readonly #find: Database.Statement<[Buffer], Buffer>;
  readonly #insert: Database.Statement<[Buffer, Buffer]>;
  readonly #overwrite: Database.Statement<[Buffer, Buffer]>;
  readonly #advance: Database.Statement<[bigint]>;
  #position: Position;

  /** `database` names the database whose keys these are: the copy of another one is given up. */
  constructor(file: string, database: string) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    // Parts of a copy that a failing disk loses are fetched again.
    const pragmas = ['secure_delete = ON', 'synchronous = NORMAL', 'wal_autocheckpoint = 1000'];
    this.#open = new DurableFile(CACHE_FILE, { file, busyTimeoutMs: BUSY_TIMEOUT_MS, pragmas });
    this.#db = this.#open.db;
    this.#find = this.#db.prepare<[Buffer], Buffer>('SELECT key FROM keys WHERE id = ?').pluck();
    this.#insert = this.#db.prepare<[Buffer, Buffer]>('INSERT OR IGNORE INTO keys (id, key) VALUES (?, ?)');
    this.#overwrite = this.#db.prepare<[Buffer, Buffer]>('UPDATE keys SET key = ? WHERE id = ?');
    this.#advance = this.#db.prepare<[bigint]>('UPDATE followed SET position = ?');
    this.#position = this.#begin(database);
  }

  /** The position of the database's keys that the file has reached. */
  get position(): Position {
    return this.#position;
  }

  /** A truncated key counts as none. */
  find(id: Buffer): Buffer | 'destroyed' | 'unknown' {
    const key = this.#guard(() => this.#find.get(id));
    if (key === undefined) return 'unknown';
    if (key.equals(DESTROYED)) return 'destroyed';
    return key.length === KEY_BYTES ? key : 'unknown';
  }

  /** Puts keys in and overwrites those that were destroyed; nothing of these is left in the file when it returns. */
  apply(fates: readonly KeyFate[], position?: Position): void {
    const last = new Map(fates.map((fate) => [fate.id.toString('hex'), fate]));
    const destroys = this.#guard(() => this.#db.transaction(() => this.#write([...last.values()], position))());
    if (position !== undefined) this.#position = position;
    if (destroys) this.#guard(() => this.#db.pragma('wal_checkpoint(TRUNCATE)'));
  }

  close(): void {
    this.#open.close();
  }

  #write(fates: readonly KeyFate[], position: Position | undefined): boolean {
    let destroys = false;
    for (const { id, key } of fates) {
      this.#insert.run(id, key ?? DESTROYED);
      if (key !== null) continue;
      this.#overwrite.run(DESTROYED, id);
      destroys = true;
    }
    if (position !== undefined) this.#advance.run(position);
    return destroys;
  }

  #begin(database: string): Position {
    const select = 'SELECT database, position FROM followed';
    const row = this.#db.prepare<[], { database: string; position: bigint }>(select).safeIntegers().get();
    if (row?.database === database) return row.position;
    this.#db.transaction(() => {
      this.#db.exec('DELETE FROM keys; DELETE FROM followed;');
      this.#db.prepare('INSERT INTO followed VALUES (1, ?, 0)').run(database);
    })();
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    return 0n;
  }

  #guard<T>(work: () => T): T {
    return withKeys(this.#db, this.#file, work);
  }
}
