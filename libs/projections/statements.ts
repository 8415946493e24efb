import type { Database, Statement } from 'better-sqlite3';
import type { Position } from '../kernel/index.ts';

/**
 * A query that is prepared once on each connection. After a swap the view's connection is another one, so it is passed
 * at each use. `Row` declares the statement's columns without a check: a view's rows are written by its own projection,
 * and a file that a disk has changed is found by its digest.
 *
 * const commentById = statement<CommentRow>('SELECT * FROM comment WHERE id = ?');
 * commentById(views.db('thread')).get(id);
 */
export function statement<Row>(sql: string): (db: Database) => Statement<unknown[], Row> {
  const prepared = new WeakMap<Database, Statement<unknown[], Row>>();
  return (db) => {
    const known = prepared.get(db);
    if (known) return known;
    const fresh = db.prepare<unknown[], Row>(sql);
    prepared.set(db, fresh);
    return fresh;
  };
}

const checkpoint = statement<{ position: string }>('SELECT CAST(position AS TEXT) AS position FROM checkpoint');

/** The reported position of a connection's view. */
const told = new WeakMap<Database, Position>();

export function toldPosition(db: Database): Position {
  return told.get(db) ?? 0n;
}

/** An earlier report stays true. */
export function tellPosition(db: Database, position: Position): void {
  if (position > toldPosition(db)) told.set(db, position);
}

/**
 * Runs `read` in one read transaction with the view's checkpoint, so that the given position is exactly the one it
 * sees.
 */
export function reading<Result>(db: Database, read: (db: Database, position: bigint) => Result): Result {
  if (db.inTransaction) return read(db, seen(db));
  db.exec('BEGIN');
  try {
    return read(db, seen(db));
  } finally {
    db.exec('COMMIT');
  }
}

/**
 * The file's checkpoint, or a later reported position: events that only move the position are not written down at once.
 */
function seen(db: Database): Position {
  const saved = BigInt(checkpoint(db).get()?.position ?? '0');
  const known = toldPosition(db);
  return saved > known ? saved : known;
}

const dataVersion = statement<{ readonly data_version: number }>('PRAGMA data_version');
/** Two connections may count alike, so each has a number of its own. */
const connections = new WeakMap<Database, number>();
let connected = 0;

/** Another text once the connection sees a later change of its file, or is another one; asked for in microseconds. */
export function changeMark(db: Database): string {
  const number = connections.get(db) ?? (connected += 1);
  connections.set(db, number);
  return `${number}.${dataVersion(db).get()?.data_version}`;
}
