import type { Database } from 'better-sqlite3';
import { digestOf } from './digest.ts';
import type { Comparison, Difference, Row, Value, ViewDefinition } from './port.ts';

/**
 * Digests a view's live file and its rebuild at one position, and finds the first differing row. Reads each file within
 * a transaction of its own, or in the caller's, when it has begun one to hold the file at its position.
 */
export function compareViews(definition: ViewDefinition, live: Database, rebuilt: Database): Comparison {
  return held(live, () =>
    held(rebuilt, () => {
      const digests = { live: digestOf(live, definition), rebuilt: digestOf(rebuilt, definition) };
      const equal = digests.live === digests.rebuilt;
      return { ...digests, equal, difference: equal ? null : firstDifference(definition, live, rebuilt) };
    }),
  );
}

function held<Result>(db: Database, read: () => Result): Result {
  if (db.inTransaction) return read();
  db.exec('BEGIN');
  try {
    return read();
  } finally {
    db.exec('COMMIT');
  }
}

function firstDifference(definition: ViewDefinition, live: Database, rebuilt: Database): Difference | null {
  for (const query of definition.digestQueries) {
    const { table, key } = partsOf(query);
    const found = firstIn([rowsOf(live, query), rowsOf(rebuilt, query)], key);
    if (found) return { view: definition.name, table, ...found };
  }
  return null;
}

const QUERY = /^SELECT .+ FROM (\w+) ORDER BY (\w+(?:, \w+)*)$/;

/** The table that a digest query reads and the columns that it is ordered by. */
function partsOf(query: string): { readonly table: string; readonly key: readonly string[] } {
  const [, table, order] = QUERY.exec(query) ?? [];
  if (table === undefined || order === undefined) throw new Error(`a digest query is no list by its key: ${query}`);
  return { table, key: order.split(', ') };
}

function rowsOf(db: Database, query: string): Iterator<Row> {
  return db.prepare<[], Row>(query).safeIntegers().iterate();
}

/** Walks both lists by their key, like a merge. */
function firstIn(
  [live, rebuilt]: readonly [Iterator<Row>, Iterator<Row>],
  columns: readonly string[],
): Omit<Difference, 'view' | 'table'> | null {
  try {
    for (;;) {
      const [ours, theirs] = [next(live), next(rebuilt)];
      if (!ours && !theirs) return null;
      const order = !ours ? 1 : !theirs ? -1 : compareKeys(ours, theirs, columns);
      if (ours && order < 0) return { key: keyOf(ours, columns), live: ours, rebuilt: null };
      if (theirs && order > 0) return { key: keyOf(theirs, columns), live: null, rebuilt: theirs };
      if (ours && theirs && !sameRow(ours, theirs)) {
        return { key: keyOf(ours, columns), live: ours, rebuilt: theirs };
      }
    }
  } finally {
    live.return?.();
    rebuilt.return?.();
  }
}

function next(rows: Iterator<Row>): Row | null {
  const { done, value } = rows.next();
  return done === true ? null : value;
}

function keyOf(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
}

function compareKeys(a: Row, b: Row, columns: readonly string[]): number {
  for (const column of columns) {
    const order = compareValues(a[column] ?? null, b[column] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function sameRow(a: Row, b: Row): boolean {
  return Object.keys(a).every((column) => compareValues(a[column] ?? null, b[column] ?? null) === 0);
}

/** SQLite's order: nothing, numbers, texts, bytes (https://www.sqlite.org/datatype3.html#sort_order). */
function compareValues(a: Value, b: Value): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (a === null || b === null) return 0;
  if (typeof a === 'string' || typeof b === 'string') return Buffer.from(String(a)).compare(Buffer.from(String(b)));
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function rankOf(value: Value): number {
  if (value === null) return 0;
  if (typeof value === 'bigint' || typeof value === 'number') return 1;
  return typeof value === 'string' ? 2 : 3;
}
