import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { NewRecord, ReadDirection, StoredRecord } from './records.ts';

/** The revision of a tombstone, and the newest revision of a stream that has one: the greatest signed 64-bit number. */
export const DELETED = 0x7fff_ffff_ffff_ffffn;
/** The newest revision of a stream that nothing was written to. */
export const NO_STREAM = -1n;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS records (
    position INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    isJson INTEGER NOT NULL,
    data BLOB NOT NULL,
    metadata BLOB NOT NULL,
    createdTicks INTEGER NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS records_by_id ON records (id);
`;

/** Bytes that a record takes beside its names and payload; with them positions have gaps, as a real log's have. */
const RECORD_OVERHEAD = 73;
/** Pages in the write-ahead log, 64 MiB, after which a commit waits until they are moved: the real server has no such pause. */
const PAGES_UNMOVED = 16_384;
const TICKS_PER_MILLISECOND = 10_000n;
const GREATEST = DELETED;

type Row = Omit<StoredRecord, 'isJson'> & { readonly isJson: bigint; readonly size: bigint };

/**
 * The log on disk: one SQLite file, written with `synchronous=FULL`, so that what a transaction committed survives a kill.
 * Positions are byte offsets as in a transaction log: a record begins where the one before it ends.
 */
export class RecordLog {
  readonly #db: Database.Database;
  readonly #insert: Database.Statement;
  readonly #forwards: Database.Statement;
  readonly #backwards: Database.Statement;
  readonly #streamForwards: Database.Statement;
  readonly #streamBackwards: Database.Statement;
  readonly #lastOf: Database.Statement;
  readonly #withId: Database.Statement;
  readonly #at: Database.Statement;
  readonly #countAfter: Database.Statement;
  #end: bigint;
  /** The position of the newest record; -1n without one. */
  #newest: bigint;

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true });
    const db = new Database(join(dir, 'kurrentdb.db'));
    db.defaultSafeIntegers(true);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma(`wal_autocheckpoint = ${PAGES_UNMOVED}`);
    db.exec(SCHEMA);
    this.#db = db;
    this.#insert = db.prepare(
      `INSERT INTO records VALUES
        (@position, @size, @stream, @revision, @id, @type, @isJson, @data, @metadata, @createdTicks)`,
    );
    this.#forwards = db.prepare('SELECT * FROM records WHERE position >= ? ORDER BY position LIMIT ?');
    this.#backwards = db.prepare('SELECT * FROM records WHERE position < ? ORDER BY position DESC LIMIT ?');
    const inStream = 'SELECT * FROM records WHERE stream = ?';
    this.#streamForwards = db.prepare(`${inStream} AND revision >= ? ORDER BY revision LIMIT ?`);
    this.#streamBackwards = db.prepare(`${inStream} AND revision <= ? ORDER BY revision DESC LIMIT ?`);
    this.#lastOf = db.prepare(`${inStream} ORDER BY revision DESC LIMIT 1`);
    this.#withId = db.prepare('SELECT * FROM records WHERE id = ? AND stream = ? ORDER BY revision DESC LIMIT 1');
    this.#at = db.prepare('SELECT * FROM records WHERE position = ?');
    const after = 'SELECT 1 FROM records WHERE position > ? LIMIT ?';
    this.#countAfter = db.prepare(`SELECT count(*) FROM (${after})`).pluck();
    const last = rowOf(db.prepare('SELECT * FROM records ORDER BY position DESC LIMIT 1').get());
    this.#end = last === undefined ? 0n : last.position + last.size;
    this.#newest = last?.position ?? -1n;
  }

  /** The position that the next record will get. */
  get end(): bigint {
    return this.#end;
  }

  /** Whether a record begins or ends at this position; no reader may start anywhere else before the end. */
  isBoundary(position: bigint): boolean {
    return position >= this.#end || position === 0n || this.#at.get(position) !== undefined;
  }

  /** Runs the work in one transaction; what it wrote is on disk when this returns, and undone when the work throws. */
  commit(work: () => void): void {
    const before = { end: this.#end, newest: this.#newest };
    try {
      this.#db.transaction(work).immediate();
    } catch (error) {
      this.#end = before.end;
      this.#newest = before.newest;
      throw error;
    }
  }

  /** Adds one record to a stream, inside `commit`. */
  add(stream: string, revision: bigint, record: NewRecord): StoredRecord {
    const { id, type, isJson, data, metadata } = record;
    const names = BigInt(Buffer.byteLength(stream) + Buffer.byteLength(type));
    const size = names + BigInt(data.byteLength + metadata.byteLength + RECORD_OVERHEAD);
    const createdTicks = BigInt(Date.now()) * TICKS_PER_MILLISECOND;
    const stored = { position: this.#end, stream, revision, id, type, isJson, data, metadata, createdTicks };
    this.#insert.run({ ...stored, size, isJson: isJson ? 1 : 0 });
    this.#newest = this.#end;
    this.#end += size;
    return stored;
  }

  lastRevision(stream: string): bigint {
    return rowOf(this.#lastOf.get(stream))?.revision ?? NO_STREAM;
  }

  newestOf(stream: string): StoredRecord | undefined {
    const row = rowOf(this.#lastOf.get(stream));
    return row === undefined ? undefined : toRecord(row);
  }

  withId(stream: string, id: string): StoredRecord | undefined {
    const row = rowOf(this.#withId.get(id, stream));
    return row === undefined ? undefined : toRecord(row);
  }

  /** At most `limit` records of all streams: forwards from this position on, backwards before it. */
  readAll(position: bigint, direction: ReadDirection, limit: number): readonly StoredRecord[] {
    const statement = direction === 'forwards' ? this.#forwards : this.#backwards;
    return rowsOf(statement.all(clamped(position), limit));
  }

  /** How many records stand after this position, counted up to `most`. */
  countAfter(position: bigint, most: number): number {
    return position >= this.#newest ? 0 : Number(this.#countAfter.get(clamped(position), most));
  }

  /** At most `limit` records of one stream, from this revision on (it included) in the direction. */
  readStream(stream: string, revision: bigint, direction: ReadDirection, limit: number): readonly StoredRecord[] {
    const statement = direction === 'forwards' ? this.#streamForwards : this.#streamBackwards;
    return rowsOf(statement.all(stream, clamped(revision), limit));
  }

  close(): void {
    this.#db.close();
  }
}

/** Clients may name positions up to 2^64 - 1; SQLite's numbers end at 2^63 - 1, where no record can be. */
function clamped(value: bigint): bigint {
  return value > GREATEST ? GREATEST : value;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && 'position' in value;
}

function rowOf(value: unknown): Row | undefined {
  return isRow(value) ? value : undefined;
}

function rowsOf(values: readonly unknown[]): readonly StoredRecord[] {
  return values.filter(isRow).map(toRecord);
}

function toRecord({ size: _, ...row }: Row): StoredRecord {
  return { ...row, isJson: row.isJson === 1n };
}
