import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { otherSchema, planOnce, type SchemaDifference } from '../../sqlite/index.ts';
import { StoreUnavailable } from '../port.ts';
import { toUnavailable } from './faults.ts';
import { forgetMoved, rewriteWriteAheadLog } from './write-ahead-log.ts';

/** The marks of one of the forum's own SQLite files. */
export interface FileKind {
  /** Its name in messages: `event log`. */
  readonly name: string;
  /** `PRAGMA application_id`. */
  readonly applicationId: number;
  /** `PRAGMA user_version`; a file of a greater one was written by a newer Colloquy. */
  readonly version: number;
  /** What a new file is made of. */
  readonly schema: string;
  /** What files of earlier versions are made of. */
  readonly olderSchemas?: readonly string[];
  /** Brings a file of an earlier version to this one, within a transaction; such a file can be read as it is. */
  readonly upgrade?: (db: Database.Database) => void;
  /** Reads the newest row completely: false for a damaged one, true before the first. */
  readonly newestIsWhole: (db: Database.Database) => boolean;
}

/** The check of a file whose newest row `sql` reads: `whole` is 1 for a complete one; no row before the first. */
export function newestBy(sql: string): FileKind['newestIsWhole'] {
  return (db) => (db.prepare<[], { whole: number }>(sql).get()?.whole ?? 1) === 1;
}

export interface WritingOptions {
  readonly file: string;
  /** How long to wait for another process's lock, in milliseconds. */
  readonly busyTimeoutMs: number;
  /** Settings of the connection, set before anything is written. */
  readonly pragmas: readonly string[];
}

/** A file that is open for writing, and the connection that keeps its last close from moving it. */
export interface OpenedForWriting {
  readonly db: Database.Database;
  /**
   * Reads nothing. While it is open, SQLite does not move the write-ahead log when the other connection closes, as
   * happens when a process ends; better-sqlite3 does not offer SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE. It is closed first
   * when nothing has failed.
   */
  readonly holder: Database.Database;
}

/**
 * Opens a file for writing with WAL and `synchronous=FULL`, and makes it, with its directory, when it is missing. The
 * marks of the last process are not trusted: the write-ahead log is written again as it is, and all of it is moved.
 * SQLite's automatic checkpoints are off, since they swallow errors.
 * Throws StoreUnavailable with what to do: another program's, a newer version's, a locked or a torn file. After
 * `disk-failed` the file stays open until the process ends.
 */
export function openForWriting(kind: FileKind, { file, busyTimeoutMs, pragmas }: WritingOptions): OpenedForWriting {
  let db: Database.Database | undefined;
  let holder: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    forgetMoved(file);
    db = planOnce(new Database(file, { timeout: busyTimeoutMs }));
    prepare(db, kind, { file, pragmas });
    holder = new Database(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    isEmpty(holder);
    rewriteWriteAheadLog(db, file);
    db.pragma('wal_checkpoint(TRUNCATE)');
    refuseTorn(db, kind, file);
    return { db, holder };
  } catch (error) {
    const fault = toUnavailable(error, file);
    if (fault.reason === 'disk-failed') leaveOpen(holder, db);
    else for (const open of [holder, db]) open?.close();
    throw fault;
  }
}

/**
 * Connections that are kept until the process ends, since unreferenced ones are closed by the collector, in any order.
 */
const leftOpen = new Set<Database.Database | undefined>();

/**
 * Keeps connections from being closed, and so the file from being moved, until the process ends. A thread's connections
 * are closed even then, in any order, but before those of the main thread; and these stay open when the process ends by
 * `exit`, as it does from now on.
 */
export function leaveOpen(...connections: readonly (Database.Database | undefined)[]): void {
  if (isMainThread && leftOpen.size === 0) process.once('exit', () => process.exit());
  for (const connection of connections) leftOpen.add(connection);
}

function prepare(
  db: Database.Database,
  kind: FileKind,
  { file, pragmas }: Omit<WritingOptions, 'busyTimeoutMs'>,
): void {
  const fresh = numberOf(db, 'application_id') === 0 && isEmpty(db);
  if (!fresh) refuseForeign(db, kind, file);
  if (!fresh) refuseOtherSchema(db, kind, file);
  const own = ['journal_mode = WAL', 'synchronous = FULL', 'wal_autocheckpoint = 0'];
  for (const pragma of [...own, ...pragmas]) db.pragma(pragma);
  if (fresh) db.transaction(() => createUnlessThere(db, kind)).immediate();
  else if (isOlder(db, kind)) db.transaction(() => upgradeUnlessDone(db, kind)).immediate();
  refuseForeign(db, kind, file);
  refuseOtherSchema(db, kind, file);
}

/** SQLite's cache of a file that is read, in KiB; it forgets all of it at each commit of the writer. */
const READER_CACHE = 4_096;

/**
 * Opens an existing file for reading alone; a torn one only where `torn` allows it. Throws StoreUnavailable with what
 * to do.
 */
export function openForReading(
  kind: FileKind,
  file: string,
  busyTimeoutMs: number,
  torn: 'refused' | 'read' = 'refused',
): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = planOnce(new Database(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs }));
    db.pragma(`cache_size = -${READER_CACHE}`);
    refuseForeign(db, kind, file);
    if (torn === 'refused') refuseTorn(db, kind, file);
    return db;
  } catch (error) {
    db?.close();
    throw toUnavailable(error, file);
  }
}

/** Two processes may make the same file at the same moment: the second finds it made. */
function createUnlessThere(db: Database.Database, kind: FileKind): void {
  if (!isEmpty(db)) return;
  db.exec(kind.schema);
  db.pragma(`application_id = ${kind.applicationId}`);
  db.pragma(`user_version = ${kind.version}`);
}

function isOlder(db: Database.Database, kind: FileKind): boolean {
  return kind.upgrade !== undefined && numberOf(db, 'user_version') < kind.version;
}

/** Two processes may begin at the same moment here too. */
function upgradeUnlessDone(db: Database.Database, kind: FileKind): void {
  if (!isOlder(db, kind)) return;
  kind.upgrade?.(db);
  db.pragma(`user_version = ${kind.version}`);
}

function isEmpty(db: Database.Database): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined;
}

function numberOf(db: Database.Database, pragma: string): number {
  return Number(db.pragma(pragma, { simple: true }));
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function refuseForeign(db: Database.Database, kind: FileKind, file: string): void {
  if (numberOf(db, 'application_id') !== kind.applicationId) {
    throw unusable(kind, file, 'it is another program’s database, or an empty one');
  }
  const version = numberOf(db, 'user_version');
  if (version > kind.version) {
    const known = `format ${version}, this one knows ${kind.version}`;
    throw new StoreUnavailable(
      'unsupported',
      `${file} was written by a newer Colloquy (${known}); start that one instead`,
    );
  }
}

/**
 * An object that somebody added to the file may change what is written: a trigger runs with each row. The file can
 * still be read.
 */
function refuseOtherSchema(db: Database.Database, kind: FileKind, file: string): void {
  const [first, ...more] = differences(db, kind);
  if (first === undefined) return;
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  const advice =
    'Nothing is written to it, and it can still be read. Stop the forum, keep a copy of the file, see `colloquy verify`, and restore the newest backup that verifies.';
  throw new StoreUnavailable(
    'corrupt',
    `${file} cannot be used as the ${kind.name}: ${first.words}${others}. ${advice}`,
  );
}

/** From that version of the file that it resembles most. */
function differences(db: Database.Database, { schema, olderSchemas = [] }: FileKind): readonly SchemaDifference[] {
  const [first, ...others] = [schema, ...olderSchemas].map((one) => otherSchema(db, one, inMemory));
  return others.reduce((fewest, one) => (one.length < fewest.length ? one : fewest), first ?? []);
}

function inMemory(): Database.Database {
  return new Database(':memory:');
}

/**
 * The differences of a file from what the forum makes, in words; empty without any. Throws StoreUnavailable for a file
 * that cannot be read.
 */
export function foreignIn(kind: FileKind, file: string): readonly string[] {
  const db = openForReading(kind, file, 5_000, 'read');
  try {
    return differences(db, kind).map(({ words }) => words);
  } catch (error) {
    throw toUnavailable(error, file);
  } finally {
    db.close();
  }
}

/**
 * A cheap substitute for `quick_check`: the file has the length that it states (unless pages still wait in the
 * write-ahead log), and its newest row can be read completely.
 */
function refuseTorn(db: Database.Database, kind: FileKind, file: string): void {
  const waitingBefore = sizeOf(`${file}-wal`);
  const due = numberOf(db, 'page_count') * numberOf(db, 'page_size');
  const size = sizeOf(file);
  const nothingWaits = waitingBefore === 0 && sizeOf(`${file}-wal`) === 0;
  if (nothingWaits && size < due) throw unusable(kind, file, `its end is missing: it has ${size} bytes of ${due}`);
  if (!kind.newestIsWhole(db)) throw unusable(kind, file, 'its newest row is damaged');
}

function unusable(kind: FileKind, file: string, what: string): StoreUnavailable {
  const advice = 'Stop the forum, keep a copy of the file, and restore the newest backup.';
  return new StoreUnavailable('corrupt', `${file} cannot be used as the ${kind.name}: ${what}. ${advice}`);
}
