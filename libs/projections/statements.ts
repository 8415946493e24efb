import type { Database, Statement } from 'better-sqlite3';

/**
 * A query that is prepared once on each connection. After a swap the view's connection is another one, so it is asked
 * for at each use:
 *
 *     const commentById = statement<CommentRow>('SELECT * FROM comment WHERE id = ?');
 *     commentById(views.db('thread')).get(id);
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

/** Runs `read` in one read transaction with the view's checkpoint, so that the position it is given is exactly the one it sees. */
export function reading<Result>(db: Database, read: (db: Database, position: bigint) => Result): Result {
  if (db.inTransaction) return read(db, BigInt(checkpoint(db).get()?.position ?? '0'));
  db.exec('BEGIN');
  try {
    return read(db, BigInt(checkpoint(db).get()?.position ?? '0'));
  } finally {
    db.exec('COMMIT');
  }
}
