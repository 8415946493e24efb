import type { Database } from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { statement } from '../../../../libs/projections/index.ts';
import { grown } from '../grown.ts';
import { countSteps, firstRowOf, type PackedSteps, rowsOf, STEPS_IN_ROW, unpackSteps } from '../thread-steps.ts';

/** Steps of all threads that are kept together, 25 bytes each: 25 MiB. */
const MOST_KEPT = 1_000_000;
const FIRST_CAPACITY = 256;

/** Rows that are read at one stretch: 20,000 steps. */
const AT_ONCE = 250;

const rowsFrom = statement<PackedSteps>(
  `SELECT steps, codes FROM thread_step WHERE n >= ? AND n < ? ORDER BY n LIMIT ${AT_ONCE}`,
);

/** All that befell a thread, a column an array, in the order of the log; what is added later costs only itself. */
export class StepColumns {
  count = 0;
  positions = new BigInt64Array(FIRST_CAPACITY);
  /** The number of the comment that each is about; 0n for the discussion itself. */
  comments = new BigInt64Array(FIRST_CAPACITY);
  /** Milliseconds since 1970. */
  times = new Float64Array(FIRST_CAPACITY);
  codes = new Uint8Array(FIRST_CAPACITY);
  /** How many of the first steps follow each other in time as in the log. */
  #inOrder = 0;

  /** True when no step is older than one before it in the log: nothing was imported between. */
  get isInOrder(): boolean {
    return this.#inOrder === this.count;
  }

  /** Reads what was added since, as far as that is done at one stretch; the rows before the newest are full and stay as they are. */
  readOn(db: Database, post: number): void {
    const full = Math.floor(this.count / STEPS_IN_ROW);
    const [, end] = rowsOf(post);
    let at = full * STEPS_IN_ROW;
    for (const row of rowsFrom(db).all(firstRowOf(post) + full, end)) {
      for (const { position, comment, at: time, code } of unpackSteps(row)) {
        if (at === this.codes.length) this.#grow();
        this.positions[at] = position;
        this.comments[at] = comment;
        this.times[at] = time;
        this.codes[at] = code;
        if (this.#inOrder === at && (at === 0 || time >= (this.times[at - 1] ?? 0))) this.#inOrder += 1;
        at += 1;
      }
    }
    this.count = at;
  }

  #grow(): void {
    const capacity = 2 * this.codes.length;
    this.positions = grown(this.positions, new BigInt64Array(capacity));
    this.comments = grown(this.comments, new BigInt64Array(capacity));
    this.times = grown(this.times, new Float64Array(capacity));
    this.codes = grown(this.codes, new Uint8Array(capacity));
  }
}

/** The steps of the threads that were looked at last, each file's own. */
export class KeptSteps {
  readonly #kept = new WeakMap<Database, LRUCache<number, StepColumns>>();

  /** As they are in the transaction in which this is called; null as long as they are too many to be read at one stretch. */
  of(db: Database, post: number): StepColumns | null {
    const ofFile = this.#kept.get(db) ?? keptOfFile();
    this.#kept.set(db, ofFile);
    const columns = ofFile.get(post) ?? new StepColumns();
    columns.readOn(db, post);
    ofFile.set(post, columns);
    return columns.count === countSteps(db, post) ? columns : null;
  }
}

function keptOfFile(): LRUCache<number, StepColumns> {
  return new LRUCache({ maxSize: MOST_KEPT, sizeCalculation: ({ codes }) => codes.length });
}
