import type { Database } from 'better-sqlite3';
import { BulkInsert } from '../../../libs/projections/index.ts';
import type { CommentMemory } from './comment-memory.ts';
import { Records } from './records.ts';
import { ADD_SCORE, FIRST_KIND, SCORE_AT, TALLY_COLUMNS } from './tallies.ts';

/** The counts of a build's comments, in memory until its end; only comments with answers or reactions have any. */
export class BuildTallies {
  readonly #comments: CommentMemory;
  readonly #counts = new Records(TALLY_COLUMNS.length + 1);

  constructor(comments: CommentMemory) {
    this.#comments = comments;
  }

  answer(slot: number, by: number): void {
    this.#count(this.#tally(slot), 0, by);
  }

  reaction(slot: number, kind: number, { count, score }: { readonly count: number; readonly score: number }): void {
    const tally = this.#tally(slot);
    this.#count(tally, SCORE_AT, score);
    this.#count(tally, FIRST_KIND + kind, count);
  }

  /** The comments must all be in the file. */
  write(db: Database): void {
    const insert = new BulkInsert(db, 'tally', ['n', ...TALLY_COLUMNS]);
    const addScore = db.prepare<unknown[]>(ADD_SCORE);
    for (let slot = 0; slot < this.#comments.count; slot += 1) {
      const tally = this.#comments.tally(slot);
      if (tally === -1) continue;
      const score = this.#counts.get(tally, SCORE_AT);
      insert.add([this.#comments.n(slot), ...this.#counts.row(tally).subarray(0, SCORE_AT)]);
      if (score !== 0) addScore.run(score, this.#comments.n(slot));
    }
    insert.flush();
  }

  #tally(slot: number): number {
    const known = this.#comments.tally(slot);
    if (known !== -1) return known;
    const tally = this.#counts.add();
    this.#comments.setTally(slot, tally);
    return tally;
  }

  #count(tally: number, column: number, by: number): void {
    this.#counts.set(tally, column, this.#counts.get(tally, column) + by);
  }
}
