import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { everyWordOf, expressionOf, isReadAtOnce, neededWords, type SoughtWords } from '../../../libs/search/index.ts';
import { spanWord } from './entry-words.ts';
import { RARE, textsWith } from './frequencies.ts';
import { spanAt, startOfSpan } from './item-numbers.ts';
import { SpentTime } from './spent-time.ts';

/** Milliseconds that one page may take; what is left is for the next one. */
const MOST_TIME = 1;
/** The same while nothing was found: a page without anything helps nobody. */
const MOST_IN_VAIN = 2;
/** The same of few texts: their pages are full, though what the thread has not compiled yet takes ten times as long. */
const MOST_OF_FEW = 15;
/** Texts that are looked through at once: some milliseconds at most, whatever is looked for. */
const FEW = 20_000;
/** The same where each of some words is in so many texts: all that FTS5 reads for them is read in a millisecond. */
const MOST_READ = 100_000;
/** Words whose frequency is asked for. */
const MOST_WORDS = 12;
/** Spans of the first stretch. FTS5 reads the word of a span for as long as all others, so that bounds cost what they save. */
const FIRST_SPANS = 2;
const MOST_SPANS = 16;
/** Some thirty years: beyond stands at most what has a wrong date. */
const MOST_FULL = 2_000;
/** Milliseconds that a stretch shall take; all that is left is one when it will take no more than so many, going by the one before. */
const [WISHED, LITTLE] = [0.6, 5];

const matching = statement<bigint>(
  'SELECT rowid FROM entry WHERE entry MATCH ? AND rowid < ? AND rowid >= ? ORDER BY rowid DESC',
);
const countUpTo = statement<number>('SELECT count(*) FROM (SELECT 1 FROM item LIMIT ?)');
const ends = statement<{ readonly least: bigint | null; readonly most: bigint | null }>(
  'SELECT (SELECT min(n) FROM item) AS least, (SELECT max(n) FROM item) AS most',
);

interface Bounds {
  readonly few?: number;
  readonly read?: number;
  readonly clock?: Pick<SpentTime, 'spent' | 'isAtLeast'>;
}

/** The end of a stretch: all numbers from there on were given. */
interface StretchEnd {
  readonly end: bigint;
}

/**
 * What answers, the newest first, a stretch of time after the other: FTS5 cannot be stopped while it looks for what
 * nothing has, such as two frequent words that never stand together, but its stretches can be so short that it need not be. It reads
 * on beyond a number until something answers: so the words of spans bound it.
 */
export class Stretches {
  readonly #db: Database;
  readonly #least: bigint;
  readonly #newest: bigint;
  /** Until where FTS5 reads when nothing answers. */
  readonly #oldest: bigint;
  readonly #clock: Pick<SpentTime, 'spent' | 'isAtLeast'>;
  /** Milliseconds of the first stretch, which is never too much: SQLite may have read nothing yet. Null until its end. */
  #first: number | null = null;
  readonly #isSmall: boolean;
  readonly #read: number;

  /** An index of at most `few` texts is one stretch, however many years they are from, as is what is in at most `read`. */
  constructor(db: Database, from: bigint, { few = FEW, read = MOST_READ, clock = new SpentTime() }: Bounds = {}) {
    const { least, most } = ends(db).safeIntegers().get() ?? { least: null, most: null };
    this.#db = db;
    this.#least = least === null || from > least ? from : least;
    this.#newest = most ?? from;
    this.#oldest = least ?? from;
    this.#isSmall = hasAtMost(db, few);
    this.#read = read;
    this.#clock = clock;
  }

  /** Whether as much time was taken as one page may, which has so many things already. */
  areEnough(found: number): boolean {
    if (this.#first === null) return false;
    const most = this.#isSmall ? MOST_OF_FEW : found === 0 ? MOST_IN_VAIN : MOST_TIME;
    return this.#clock.isAtLeast(this.#first + most);
  }

  *of(sought: SoughtWords, before: bigint): Generator<bigint | StretchEnd> {
    const find = matching(this.#db).safeIntegers().pluck();
    let to = before > this.#newest ? this.#newest + 1n : before;
    let spans = this.#isLittle(sought) ? null : FIRST_SPANS;
    while (to > this.#least) {
      const { end, words } = this.#stretch(to, spans);
      const before = this.#clock.spent();
      yield* find.iterate(expressionOf(sought, words), to, end);
      const took = this.#clock.spent() - before;
      this.#first ??= took;
      if (end > this.#least) yield { end };
      to = end;
      spans = spans && this.#next(spans, { took, to });
    }
  }

  /** Whether all that FTS5 has to read for it takes little, whether something answers or not. */
  #isLittle(sought: SoughtWords): boolean {
    if (this.#isSmall || (isReadAtOnce(sought.all) && sought.none.length === 0)) return true;
    const words = everyWordOf(sought);
    if (words === null || words.length > MOST_WORDS) return false;
    const span = { oldest: this.#oldest, newest: this.#newest };
    if (neededWords(sought).some((word) => textsWith(this.#db, word, span) <= RARE)) return true;
    let texts = 0;
    for (const word of words) {
      texts += textsWith(this.#db, word, span);
      if (texts > this.#read) return false;
    }
    return true;
  }

  /** How wide the stretch before `to` is to be after one so wide; null for all that is left. */
  #next(spans: number, { took, to }: { readonly took: number; readonly to: bigint }): number | null {
    const ofOne = took / spans;
    const left = Math.min(MOST_FULL, Number(spanAt(to) - spanAt(this.#oldest)));
    if (ofOne * left < LITTLE) return null;
    return Math.max(1, Math.min(MOST_SPANS, Math.floor(WISHED / ofOne)));
  }

  #stretch(to: bigint, spans: number | null): { readonly end: bigint; readonly words: readonly string[] | null } {
    if (spans === null) return { end: this.#least, words: null };
    const last = spanAt(to - 1n);
    const start = startOfSpan(last - BigInt(spans) + 1n);
    const words = Array.from({ length: spans }, (_, at) => spanWord(last - BigInt(at)));
    return { end: start > this.#least ? start : this.#least, words };
  }
}

const large = new WeakSet<Database>();

/** An index that was once larger is not counted again. */
function hasAtMost(db: Database, most: number): boolean {
  if (large.has(db)) return false;
  const isSmall =
    (countUpTo(db)
      .pluck()
      .get(most + 1) ?? 0) <= most;
  if (!isSmall) large.add(db);
  return isSmall;
}
