import { closeSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { StoreUnavailable } from '../port.ts';
import { toUnavailable } from './faults.ts';

/** `Clql` in the file's header: tells the forum's log from any other SQLite file. */
const APPLICATION_ID = 0x436c716c;
const SCHEMA_VERSION = 1;
const MAGIC = 'SQLite format 3\0';

/** Pages in the write-ahead log after which a commit moves them into the file: 16 MiB. */
const CHECKPOINT_PAGES = 4_096;
const WAL_BYTES_KEPT = 67_108_864;

const SCHEMA = `
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  stream TEXT NOT NULL,
  revision INTEGER NOT NULL,
  type TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  occurred_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  causation_id TEXT,
  data TEXT NOT NULL,
  sealed BLOB
) STRICT;
CREATE UNIQUE INDEX events_by_id ON events (id);
CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};
`;

const NEWEST = 'SELECT *, json_valid(data) AS whole FROM events ORDER BY position DESC LIMIT 1';

export interface WriterFileOptions {
  readonly file: string;
  /** How long to wait for another process's lock, in milliseconds. */
  readonly busyTimeoutMs: number;
  /** The most pages (4 KiB) the file may have. */
  readonly maxPages?: number | undefined;
}

/** Opens the log for writing, makes it when there is none. Throws StoreUnavailable with what to do. */
export function openForWriting(options: WriterFileOptions): Database.Database {
  const { file } = options;
  return opened(file, () => new Database(file, { timeout: options.busyTimeoutMs }), (db) => {
    const fresh = pragma(db, 'application_id') === 0 && db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
    if (!fresh) refuseForeign(db, file);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.pragma(`journal_size_limit = ${WAL_BYTES_KEPT}`);
    if (options.maxPages !== undefined) db.pragma(`max_page_count = ${options.maxPages}`);
    if (fresh) db.transaction(createUnlessThere).immediate(db);
    refuseForeign(db, file);
    db.pragma('wal_checkpoint(PASSIVE)');
    refuseTorn(db, file);
  });
}

/** Opens a log that must exist, for reading alone. Throws StoreUnavailable with what to do. */
export function openForReading(file: string, busyTimeoutMs: number): Database.Database {
  return opened(file, () => new Database(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs }), (db) => {
    refuseForeign(db, file);
    refuseTorn(db, file);
  });
}

function opened(file: string, open: () => Database.Database, prepare: (db: Database.Database) => void): Database.Database {
  let db: Database.Database | undefined;
  try {
    refuseNoDatabase(file);
    db = open();
    prepare(db);
    return db;
  } catch (error) {
    db?.close();
    throw toUnavailable(error, file);
  }
}

function createUnlessThere(db: Database.Database): void {
  if (db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) db.exec(SCHEMA);
}

function pragma(db: Database.Database, name: string): number {
  return Number(db.pragma(name, { simple: true }));
}

function refuseNoDatabase(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  const head = Buffer.alloc(100);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, 100, 0);
  } finally {
    closeSync(handle);
  }
  if (head.toString('latin1', 0, 16) !== MAGIC || size < 512) {
    throw corrupt(file, 'it does not begin as a SQLite database does');
  }
}

function refuseForeign(db: Database.Database, file: string): void {
  if (pragma(db, 'application_id') !== APPLICATION_ID) throw corrupt(file, 'it is another program’s database');
  const version = pragma(db, 'user_version');
  if (version > SCHEMA_VERSION) {
    const message = `${file} was written by a newer Colloquy (format ${version}, this one knows ${SCHEMA_VERSION}); start that one`;
    throw new StoreUnavailable('unsupported', message);
  }
}

/** A cheap stand-in for `quick_check`: the file is as long as it says, and its newest event can be read whole. */
function refuseTorn(db: Database.Database, file: string): void {
  const waiting = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const pages = pragma(db, 'page_count');
  const size = statSync(file).size;
  const pageSize = pragma(db, 'page_size');
  if (waiting === 0 && size < pages * pageSize) {
    throw corrupt(file, `it has ${size} bytes, and should have ${pages * pageSize}: the end is missing`);
  }
  const newest = db.prepare<[], { whole: number }>(NEWEST).get();
  if (newest !== undefined && newest.whole !== 1) throw corrupt(file, 'its newest event is no whole event');
}

function corrupt(file: string, what: string): StoreUnavailable {
  const advice = 'Stop the forum, keep a copy of the file, and restore the newest backup.';
  return new StoreUnavailable('corrupt', `${file} cannot be used as the event log: ${what}. ${advice}`);
}
