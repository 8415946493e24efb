import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { codeOf, isRecord, type Position } from '../kernel/index.ts';
import { otherSchema, planOnce } from '../sqlite/index.ts';
import type { ViewDefinition } from './port.ts';

/** A view's position and its last event, by which it notices another log. */
export interface ViewCheckpoint {
  readonly position: Position;
  readonly last: { readonly id: string; readonly position: Position } | null;
}

const META = `
  CREATE TABLE IF NOT EXISTS checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1), position INTEGER NOT NULL, last_id TEXT, last_position INTEGER
  );
  INSERT OR IGNORE INTO checkpoint (one, position) VALUES (1, 0);
`;

/** SQLite's cache of a file that is written as events come, in KiB: four times as much saves no processor time. */
const LIVE_CACHE = 4_096;
/** The same while a build goes on in a file with more comments than are remembered. */
const GROWN_CACHE = 16_384;
/**
 * The cache of a file written from its first row to its last: more would only be memory that the processor's own cache
 * has to hold.
 */
const BUILD_CACHE = 8_192;

/**
 * Pages of the write-ahead log that are moved into the file at once: SQLite's own 1,000 take a third more of each commit. Up to
 * 4,062 a reader finds a page in one table of its index.
 */
const MOVED_AT_ONCE = 4_000;
/** Bytes of a page of a view that is small; SQLite's own are 4,096. */
const SMALL_PAGE = 1_024;

/** `<name>.v<version>.<generation>.db`: a new version or a rebuild is a new file beside the old one. */
export function viewFile(dir: string, definition: ViewDefinition, generation: number): string {
  return join(dir, `${definition.name}.v${definition.version}.${generation}.db`);
}

/** The finished generations of a view's version, newest first. */
export function generations(dir: string, definition: ViewDefinition): readonly number[] {
  const pattern = new RegExp(`^${definition.name}\\.v${definition.version}\\.(\\d+)\\.db$`);
  return listed(dir)
    .map((file) => pattern.exec(file)?.[1])
    .filter((found) => found !== undefined)
    .map(Number)
    .sort((a, b) => b - a);
}

/** Deletes a view's files of older versions and generations than this live one; newer versions are left alone. */
export function dropOlder(live: string, definition: ViewDefinition): void {
  const pattern = new RegExp(`^${definition.name}\\.v(\\d+)\\.(\\d+)\\.db$`);
  const generation = Number(pattern.exec(basename(live))?.[2]);
  for (const file of listed(dirname(live))) {
    const found = pattern.exec(file);
    if (!found) continue;
    const [version, number] = [Number(found[1]), Number(found[2])];
    if (version < definition.version || (version === definition.version && number < generation)) {
      dropFile(join(dirname(live), file));
    }
  }
}

/** Deletes the remains of builds of these views whose process ended; another process or thread may be building meanwhile. */
export function dropUnfinished(dir: string, isOwn: (view: string) => boolean): void {
  mkdirSync(dir, { recursive: true });
  for (const name of listed(dir)) {
    const file = join(dir, name);
    const view = /^([^.]+)\..*\.(?:building|scratch)$/.exec(name)?.[1];
    if (view !== undefined && isOwn(view) && !isBeingBuilt(file)) dropFile(file);
  }
}

/** The builder of a file has it locked. */
function isBeingBuilt(file: string): boolean {
  const db = new Database(file, { timeout: 0 });
  try {
    db.prepare('SELECT 1 FROM sqlite_schema').get();
    return false;
  } catch (error) {
    return sqliteCode(error).startsWith('SQLITE_BUSY');
  } finally {
    db.close();
  }
}

/** SQLite's own name of the error, `SQLITE_FULL`; empty for any other error. */
export function sqliteCode(error: unknown): string {
  const code = codeOf(error);
  return code.startsWith('SQLITE_') ? code : '';
}

export function dropFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}

/**
 * Opens a view's file for its projection, making it when it is missing. WAL with synchronous=NORMAL: a power loss may
 * take the newest commits, never the file, and the lost part is read again from the checkpoint.
 */
export function openViewForWriting(file: string, definition: ViewDefinition): Database.Database {
  const fresh = !existsSync(file);
  const db = planOnce(new Database(file));
  choosePages(db, definition);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma(`wal_autocheckpoint = ${MOVED_AT_ONCE}`);
  db.pragma('temp_store = MEMORY');
  db.pragma(`cache_size = -${LIVE_CACHE}`);
  setUp(db, definition, fresh);
  if (definition.indexes !== undefined) db.exec(definition.indexes);
  return db;
}

/**
 * Opens a file that nobody reads yet and that is deleted when the build does not end: no journal, no syncs, no indexes.
 * SQLite sorts for the indexes in temporary files with runs as large as its cache, which takes two thirds of the time
 * of sorting in memory, and no memory that grows with the rows.
 */
export function openForBuilding(file: string, definition: ViewDefinition): Database.Database {
  dropFile(file);
  const db = planOnce(new Database(file));
  choosePages(db, definition);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('temp_store = FILE');
  db.pragma(`cache_size = -${BUILD_CACHE}`);
  setUp(db, definition, true);
  return db;
}

/** For a build that goes on as a live file is written. */
export function useGrownCache(db: Database.Database): void {
  db.pragma(`cache_size = -${GROWN_CACHE}`);
}

/** Only an empty file hears it, before anything else is said. */
function choosePages(db: Database.Database, { isSmall, givesBack }: ViewDefinition): void {
  if (isSmall) db.pragma(`page_size = ${SMALL_PAGE}`);
  if (givesBack) db.pragma('auto_vacuum = INCREMENTAL');
}

function setUp(db: Database.Database, definition: ViewDefinition, fresh: boolean): void {
  db.transaction(() => {
    db.exec(META);
    if (fresh) db.exec(definition.schema);
  })();
}

/** Does what the last connection to a file does when it closes, where that one may not write. A disk that takes nothing leaves all as it is. */
export function moveWriteAheadLogIn(file: string): void {
  if (!existsSync(`${file}-wal`)) return;
  try {
    const db = new Database(file);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
  } catch (error) {
    if (sqliteCode(error) === '') throw error;
  }
}

/**
 * Whether a file has exactly its program's objects: a trigger would change what is shown. Indexes change nothing, and
 * differ between programs. Throws SQLite's error.
 */
export function isOwnFile(file: string, { schema, indexes = '' }: ViewDefinition): boolean {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    return otherSchema(db, `${META}${schema};${indexes}`, () => new Database(':memory:')).every(
      ({ type }) => type === 'index',
    );
  } finally {
    db.close();
  }
}

export function readCheckpoint(db: Database.Database): ViewCheckpoint {
  const row = db.prepare('SELECT position, last_id, last_position FROM checkpoint').safeIntegers().get();
  const { position, last_id: id, last_position: at } = isRecord(row) ? row : {};
  if (typeof position !== 'bigint') throw new Error('the view has no checkpoint');
  return { position, last: typeof id === 'string' && typeof at === 'bigint' ? { id, position: at } : null };
}

export function writeCheckpoint(db: Database.Database, { position, last }: ViewCheckpoint): void {
  db.prepare('UPDATE checkpoint SET position = ?, last_id = ?, last_position = ?').run(
    position,
    last?.id ?? null,
    last?.position ?? null,
  );
}

function listed(dir: string): readonly string[] {
  return existsSync(dir) ? readdirSync(dir) : [];
}
