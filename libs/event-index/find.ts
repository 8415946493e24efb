import type { Position } from '../kernel/index.ts';
import { compact, type IndexFile } from './index-file.ts';
import type { IndexQuery, Span } from './port.ts';

interface Condition {
  readonly sql: string;
  readonly value: number | bigint | Buffer | string;
}

/** The positions of matching events, in the order of the span. */
export function findEvents(file: IndexFile, query: IndexQuery, span: Span): readonly Position[] {
  const conditions = conditionsOf(file, query);
  const bounds = boundsOf(file, query);
  const types = query.types?.flatMap((type) => file.known(type) ?? []);
  if (conditions === null || bounds === null || types?.length === 0) return [];
  if (types === undefined) return positions(file, [...conditions, ...bounds], span);
  const isRarer = query.correlation !== undefined || query.causation !== undefined || query.actor !== undefined;
  const lists = types.map((type) => {
    // The plus keeps SQLite from choosing this index where a rarer one is available.
    const condition = { sql: `${isRarer ? '+' : ''}type = ?`, value: type };
    return positions(file, [condition, ...conditions, ...bounds], span);
  });
  return merged(lists, span);
}

/** Null when no event has one of the names. */
function conditionsOf(file: IndexFile, { actor, correlation, causation, kind }: IndexQuery): Condition[] | null {
  const conditions: Condition[] = [];
  if (correlation !== undefined) conditions.push({ sql: 'correlation = ?', value: compact(correlation) });
  if (causation !== undefined) conditions.push({ sql: 'causation = ?', value: compact(causation) });
  for (const [column, name] of [
    ['actor', actor],
    ['kind', kind],
  ] as const) {
    if (name === undefined) continue;
    const value = file.known(name);
    if (value === undefined) return null;
    conditions.push({ sql: `${conditions.length > 0 ? '+' : ''}${column} = ?`, value });
  }
  return conditions;
}

/** The positions between which all events of the period stand, and the period itself; null when there are none. */
function boundsOf({ db }: IndexFile, { from, to }: IndexQuery): Condition[] | null {
  const bounds: Condition[] = [];
  if (from !== undefined) {
    const value = Date.parse(from);
    const first = pluck(db.prepare<[number], bigint | null>('SELECT min(first) FROM span WHERE newest >= ?'), value);
    if (first === null) return null;
    bounds.push({ sql: 'position >= ?', value: first }, { sql: 'recorded >= ?', value });
  }
  if (to !== undefined) {
    const value = Date.parse(to);
    const last = pluck(db.prepare<[number], bigint | null>('SELECT max(last) FROM span WHERE oldest < ?'), value);
    if (last === null) return null;
    bounds.push({ sql: 'position <= ?', value: last }, { sql: 'recorded < ?', value });
  }
  return bounds;
}

function pluck(statement: import('better-sqlite3').Statement<[number], bigint | null>, value: number): bigint | null {
  return statement.pluck().safeIntegers().get(value) ?? null;
}

function positions({ db }: IndexFile, conditions: readonly Condition[], span: Span): readonly Position[] {
  const { direction, from, limit } = span;
  const all = [
    ...conditions,
    ...(from === null ? [] : [{ sql: `position ${direction === 'up' ? '>' : '<'} ?`, value: from }]),
  ];
  const where = all.length === 0 ? '' : `WHERE ${all.map(({ sql }) => sql).join(' AND ')}`;
  const order = direction === 'down' ? 'DESC' : 'ASC';
  const select = db.prepare<unknown[], bigint>(
    `SELECT position FROM event ${where} ORDER BY position ${order} LIMIT ?`,
  );
  return select
    .pluck()
    .safeIntegers()
    .all(...all.map(({ value }) => value), limit);
}

function merged(lists: readonly (readonly Position[])[], span: Span): readonly Position[] {
  const sign = span.direction === 'down' ? -1 : 1;
  const all = lists.flat().sort((a, b) => (a < b ? -sign : a > b ? sign : 0));
  return all.slice(0, span.limit);
}
