import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';

/** Milliseconds of this thread's processor time that FTS5 may take for one page; what is left is for the next one. */
const MOST_TIME = 6;
/** The first stretch is such a part of all times; those that took little time or much are followed by wider or narrower ones. */
const FIRST_PART = 64n;
const [LITTLE, MUCH] = [1, 4];

const matching = statement<bigint>(
  'SELECT rowid FROM entry WHERE entry MATCH ? AND rowid < ? AND rowid >= ? ORDER BY rowid DESC',
);
const ends = statement<{ readonly least: bigint | null; readonly most: bigint | null }>(
  'SELECT (SELECT min(n) FROM item) AS least, (SELECT max(n) FROM item) AS most',
);

/** The end of a stretch: all numbers from there on were given. */
interface StretchEnd {
  readonly end: bigint;
}

/**
 * What answers an expression, the newest first, a stretch of time after the other: FTS5 cannot be stopped while it looks for what
 * nothing has, such as two frequent words that never stand together, but its stretches can be so short that it need not be.
 */
export class Stretches {
  readonly #db: Database;
  readonly #least: bigint;
  readonly #newest: bigint;
  #took = 0;

  constructor(db: Database, from: bigint) {
    const { least, most } = ends(db).safeIntegers().get() ?? { least: null, most: null };
    this.#db = db;
    this.#least = least === null || from > least ? from : least;
    this.#newest = most ?? from;
  }

  /** Whether as much time was taken as one page may. */
  get areEnough(): boolean {
    return this.#took >= MOST_TIME;
  }

  *of(match: string, before: bigint): Generator<bigint | StretchEnd> {
    const find = matching(this.#db).safeIntegers().pluck();
    let to = before > this.#newest ? this.#newest + 1n : before;
    let width = (this.#newest - this.#least) / FIRST_PART + 1n;
    while (to > this.#least) {
      const end = to - width > this.#least ? to - width : this.#least;
      const started = processorTime();
      yield* find.iterate(match, to, end);
      const took = processorTime() - started;
      this.#took += took;
      if (end > this.#least) yield { end };
      if (took < LITTLE) width *= 4n;
      else if (took > MUCH) width = width / 2n + 1n;
      to = end;
    }
  }
}

/** Milliseconds, so that what others do on the machine shortens no page. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
