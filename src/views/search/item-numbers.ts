import type { Database, Statement } from 'better-sqlite3';

/** 2000-01-01, so that numbers of our time are small. */
const SINCE = 946_684_800_000;
/** Numbers of one second: the more there are, the more room takes what stands between two texts with the same word. */
const ROOM = 32n;

/** A time in milliseconds since 1970 as the least number that something of that second can have. */
export function numberFrom(time: number): bigint {
  return BigInt(Math.floor((time - SINCE) / 1_000)) * ROOM;
}

/** Numbers of a span, about six days of `ROOM`s: an index finds them by a word. */
const SPAN_BITS = 24n;

/** The span in which a number is. */
export function spanAt(n: bigint): bigint {
  return n >> SPAN_BITS;
}

/** The least number of a span. */
export function startOfSpan(span: bigint): bigint {
  return span << SPAN_BITS;
}

/**
 * Gives what is found numbers in the order of its time, whenever it was recorded: an index reads the newest first without
 * sorting. What is written in one second is ordered as it was recorded; a second without room goes on in the next ones.
 */
export class ItemNumbers {
  readonly #newest: Statement<unknown[], { readonly n: bigint | null }>;
  /** What was given last: the least number of its second, itself, and the number at which its seconds end. */
  #last: { readonly first: bigint; readonly n: bigint; readonly end: bigint } | null = null;

  constructor(db: Database) {
    this.#newest = db
      .prepare<unknown[], { readonly n: bigint | null }>('SELECT max(n) AS n FROM item WHERE n >= ? AND n < ?')
      .safeIntegers();
  }

  /** What was given is taken: its item is written before the next number, or all is opened anew. */
  next(time: number): bigint {
    const first = numberFrom(time);
    const last = this.#last;
    const isNext = last !== null && last.first === first && last.n + 1n < last.end;
    const { n, end } = isNext ? { n: last.n + 1n, end: last.end } : this.#free(first);
    this.#last = { first, n, end };
    return n;
  }

  #free(first: bigint): { readonly n: bigint; readonly end: bigint } {
    for (let seconds = 1n; ; seconds *= 2n) {
      const end = first + seconds * ROOM;
      const newest = this.#newest.get(first, end)?.n ?? null;
      if (newest === null) return { n: first, end };
      if (newest + 1n < end) return { n: newest + 1n, end };
    }
  }
}
