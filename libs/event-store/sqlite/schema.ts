import type Database from 'better-sqlite3';
import type { FileKind } from './database-file.ts';
import { isStorageError } from './faults.ts';
import { NAMES_TABLE } from './packed/log-names.ts';
import { type EventRow, RowForm } from './packed/row-form.ts';

/**
 * The bytes of the write-ahead log after which a commit itself moves them; mostly another thread has done so before.
 */
export const WAL_BYTES_KEPT = 67_108_864;

/** The forms of rows are told in packed/layout.ts; `stream` and `type` have a number's bytes for a name in `names`. */
const EVENTS = `CREATE TABLE events (
      position INTEGER PRIMARY KEY,
      id BLOB NOT NULL,
      stream ANY NOT NULL,
      revision INTEGER NOT NULL,
      type ANY NOT NULL,
      body BLOB NOT NULL,
      sealed BLOB
    ) STRICT`;

/** The first version: its columns are the envelope. */
const OLD_EVENTS = `CREATE TABLE events (
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
    ) STRICT`;

/** The first version's table with room for new rows. No stored value differs, so no row is written for it. */
const BOTH_EVENTS = OLD_EVENTS.replace('stream TEXT', 'stream ANY')
  .replace('type TEXT', 'type ANY')
  .replace(/(recorded_at|occurred_at|actor|correlation_id|data) TEXT NOT NULL/g, '$1 TEXT')
  .replace('sealed BLOB', 'sealed BLOB,\n      body BLOB');

const INDEXES = `
    CREATE UNIQUE INDEX events_by_id ON events (id);
    CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);`;

export const EVENT_LOG: FileKind = {
  name: 'event log',
  /** `Clql` */
  applicationId: 0x436c716c,
  version: 2,
  schema: `${EVENTS};${INDEXES}${NAMES_TABLE};`,
  olderSchemas: [`${BOTH_EVENTS};${INDEXES}${NAMES_TABLE};`, `${OLD_EVENTS};${INDEXES}`],
  upgrade: makeRoomForNewRows,
  newestIsWhole,
};

/**
 * Gives a table of the first version the columns of new rows by its description alone, as
 * https://www.sqlite.org/lang_altertable.html#otheralter allows where no stored value changes. Within a transaction.
 */
function makeRoomForNewRows(db: Database.Database): void {
  db.unsafeMode(true);
  try {
    db.pragma('writable_schema = ON');
    db.prepare("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = 'events'").run(BOTH_EVENTS);
    db.exec(NAMES_TABLE);
    db.pragma('writable_schema = RESET');
  } finally {
    db.unsafeMode(false);
  }
}

function newestIsWhole(db: Database.Database): boolean {
  const form = new RowForm(db);
  const newest = db.prepare<[], EventRow>(`SELECT ${form.columns} FROM events ORDER BY position DESC LIMIT 1`);
  const row = newest.raw().safeIntegers().get();
  try {
    if (row !== undefined) form.event(row);
    return true;
  } catch (error) {
    if (isStorageError(error)) throw error;
    return false;
  }
}

/**
 * SQLite's cache of the writer, in KiB: what stands above the leaves of the indexes, and the leaves of what came last. Four
 * times as much, which is what SQLite takes unless told, saves no processor time.
 */
const WRITER_CACHE = 4_096;

/** Settings of the writer's connection; `maxPages` (of 4 KiB) bounds the file. */
export function writerPragmas(maxPages: number | undefined): string[] {
  const pragmas = [`journal_size_limit = ${WAL_BYTES_KEPT}`, `cache_size = -${WRITER_CACHE}`];
  return maxPages === undefined ? pragmas : [...pragmas, `max_page_count = ${maxPages}`];
}
