import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';

/** So many of the newest texts with a word tell how frequent it is, within about an eighth. */
const LOOKED_AT = 64;
/** A word in no more texts: FTS5 looks for these in the lists of the others, and reads little of them. */
export const RARE = 2 * LOOKED_AT;
/** Words whose frequency is kept in memory: some hundred KiB. */
const MOST_KNOWN = 5_000;
/** Milliseconds after which all are asked anew: a rare word may become a frequent one, as in an import. */
const MOST_AGE = 60_000;

const numberOf = statement<bigint>(
  `SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ${LOOKED_AT - 1}`,
);

interface Known {
  readonly since: number;
  readonly texts: Map<string, number>;
}

const known = new WeakMap<Database, Known>();

/** About how many texts have a word, by the time in which the newest of them were written; `span` is that of all. Takes some 20 microseconds. */
export function textsWith(
  db: Database,
  word: string,
  span: { readonly oldest: bigint; readonly newest: bigint },
  now = performance.now(),
): number {
  const all = knownOf(db, now);
  const before = all.get(word);
  if (before !== undefined) return before;
  const n = numberOf(db).safeIntegers().pluck().get(`"${word}"`);
  const took = n === undefined ? null : Number(span.newest - n) + 1;
  const texts = took === null ? LOOKED_AT : (LOOKED_AT * (Number(span.newest - span.oldest) + 1)) / took;
  all.set(word, texts);
  return texts;
}

function knownOf(db: Database, now: number): Map<string, number> {
  const before = known.get(db);
  if (before !== undefined && before.texts.size < MOST_KNOWN && now - before.since <= MOST_AGE) return before.texts;
  const texts = new Map<string, number>();
  known.set(db, { since: now, texts });
  return texts;
}
