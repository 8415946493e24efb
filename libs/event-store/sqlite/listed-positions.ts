import type Database from 'better-sqlite3';
import type { EventFilter } from '../port.ts';
import { packedSpans } from './packed/prefixes.ts';
import type { RowForm } from './packed/row-form.ts';

/** The most listed positions: their list is made in one turn of the event loop, in some 20 ms. */
const MOST_LISTED = 32_768;

/** The index holds the position, so no row is fetched. */
export const LIST_POSITIONS = 'SELECT position FROM events WHERE stream >= ? AND stream < ? LIMIT ?';

/**
 * The positions of events of a few rare streams, found by the index of streams, so that a read of them does not scan
 * the whole log. Null where the filter names no stream prefix, or where too many streams have it and a scan costs no
 * more. Throws SQLite's error.
 */
export function listedPositions(
  { db, form }: { readonly db: Database.Database; readonly form: RowForm },
  filter: EventFilter | undefined,
  most = MOST_LISTED,
): readonly bigint[] | null {
  const prefixes = filter?.streamPrefixes;
  if (prefixes === undefined || prefixes.length === 0) return null;
  const listed = new Set<bigint>();
  const list = db.prepare<unknown[], bigint>(LIST_POSITIONS).pluck().safeIntegers();
  for (const prefix of prefixes) {
    const end = afterAll(prefix);
    if (end === null) return null;
    const packed = form.names === null ? [] : packedSpans(prefix, form.names);
    for (const { from, to } of [{ from: prefix, to: end }, ...packed]) {
      for (const position of list.all(from, to, most + 1)) listed.add(position);
      if (listed.size > most) return null;
    }
  }
  return [...listed].sort(ascending);
}

/**
 * The first text, in SQLite's order (by the bytes of UTF-8), after all texts with the prefix; null when there is none
 * near.
 */
function afterAll(prefix: string): string | null {
  const points = [...prefix];
  const last = points.pop()?.codePointAt(0);
  if (last === undefined || last === LAST_POINT || isSurrogate(last) || isSurrogate(last + 1)) return null;
  return points.join('') + String.fromCodePoint(last + 1);
}

const LAST_POINT = 0x10ffff;

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point <= 0xdfff;
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
