import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';

/** So many of the newest texts with a word tell how frequent it is, within about an eighth. */
const LOOKED_AT = 64;
/** A word in no more texts: FTS5 looks for these in the lists of the others, and reads little of them. */
export const RARE = 2 * LOOKED_AT;
/** Words whose frequency is kept in memory: some hundred KiB. */
const MOST_KNOWN = 5_000;

const numberOf = statement<bigint>(
  `SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ${LOOKED_AT - 1}`,
);

const known = new WeakMap<Database, Map<string, number>>();

/** About how many texts have a word, by the time in which the newest of them were written; `span` is that of all. Takes some 20 microseconds. */
export function textsWith(
  db: Database,
  word: string,
  span: { readonly oldest: bigint; readonly newest: bigint },
): number {
  const all = known.get(db) ?? new Map<string, number>();
  known.set(db, all);
  const before = all.get(word);
  if (before !== undefined) return before;
  if (all.size >= MOST_KNOWN) all.clear();
  const n = numberOf(db).safeIntegers().pluck().get(`"${word}"`);
  const took = n === undefined ? null : Number(span.newest - n) + 1;
  const texts = took === null ? LOOKED_AT : (LOOKED_AT * (Number(span.newest - span.oldest) + 1)) / took;
  all.set(word, texts);
  return texts;
}
