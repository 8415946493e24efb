import type { Database } from 'better-sqlite3';
import { BulkInsert } from '../../../libs/projections/index.ts';
import type { CommentMemory } from './comment-memory.ts';
import { grown } from './grown.ts';
import { FIRST_KIND, TALLY_COLUMNS } from './tallies.ts';

const WIDTH = TALLY_COLUMNS.length;
const FIRST_CAPACITY = 1_024;

/** What is counted for the comments of a build, in memory to its end: those that were answered or reacted to alone. */
export class BuildTallies {
  /** By the comment's slot, its row among the counts plus one; 0 when it has none. */
  #rows = new Uint32Array(FIRST_CAPACITY);
  #counts = new Int32Array(FIRST_CAPACITY * WIDTH);
  #used = 0;

  answer(slot: number, by: number): void {
    this.#count(this.#row(slot), 0, by);
  }

  reaction(slot: number, kind: number, { count, score }: { readonly count: number; readonly score: number }): void {
    const row = this.#row(slot);
    this.#count(row, 1, score);
    this.#count(row, FIRST_KIND + kind, count);
  }

  write(db: Database, comments: CommentMemory): void {
    const insert = new BulkInsert(db, 'tally', ['n', ...TALLY_COLUMNS]);
    for (let slot = 0; slot < this.#rows.length; slot += 1) {
      const row = this.#rows[slot] ?? 0;
      if (row > 0) insert.add([comments.n(slot), ...this.#counts.subarray((row - 1) * WIDTH, row * WIDTH)]);
    }
    insert.flush();
  }

  #row(slot: number): number {
    if (slot >= this.#rows.length) this.#rows = grown(this.#rows, new Uint32Array(2 * slot));
    const known = this.#rows[slot] ?? 0;
    if (known > 0) return known - 1;
    const row = this.#used;
    this.#used += 1;
    if (this.#used * WIDTH > this.#counts.length) this.#counts = grown(this.#counts, new Int32Array(2 * row * WIDTH));
    this.#rows[slot] = row + 1;
    return row;
  }

  #count(row: number, column: number, by: number): void {
    this.#counts[row * WIDTH + column] = (this.#counts[row * WIDTH + column] ?? 0) + by;
  }
}
