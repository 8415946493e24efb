import type { Database } from 'better-sqlite3';
import { statement } from '../../../../libs/projections/index.ts';
import { grown } from '../grown.ts';
import { type PackedSteps, writeSteps } from '../packed-steps.ts';
import { firstRowOf, rowsOf, STEPS_IN_ROW } from '../thread-steps.ts';

const FIRST_CAPACITY = 256;
const STEP_BYTES = 25;

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

  get bytes(): number {
    return STEP_BYTES * this.codes.length;
  }

  /** Reads what was added since, as far as that is done at one stretch; the rows before the newest are full and stay as they are. */
  readOn(db: Database, post: number): void {
    const full = Math.floor(this.count / STEPS_IN_ROW);
    const [, end] = rowsOf(post);
    let at = full * STEPS_IN_ROW;
    for (const row of rowsFrom(db).all(firstRowOf(post) + full, end)) {
      while (at + row.codes.length > this.codes.length) this.#grow();
      writeSteps(row, this, at);
      at += row.codes.length;
    }
    for (let step = this.count; step < at && this.#inOrder === step; step += 1) {
      if (step === 0 || (this.times[step] ?? 0) >= (this.times[step - 1] ?? 0)) this.#inOrder += 1;
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
