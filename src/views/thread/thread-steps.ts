import type { Database, Statement } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { PostSteps, type Step } from './packed-steps.ts';
import { STATUS } from './thread.schema.ts';

/** The kinds of steps in a thread's life, by their numbers in the file. */
export const STEP_KIND = {
  posted: 0,
  edited: 1,
  status: 2,
  passed: 3,
  reaction: 4,
  discussion: 5,
  claimed: 6,
} as const;

/** The steps in one row: a thread's newest row grows to this size; a page of the file holds three rows. */
export const STEPS_IN_ROW = 70;
/** The most rows of one thread, with consecutive numbers: 80 million steps. */
export const MOST_ROWS = 1_000_000;
const KIND_BITS = 3;
const HIDDEN_UNCHANGED = 2;

/** The byte of a posting that readers are told of, or of one in a shadow. */
export function postedCode(isTold: boolean): number {
  return STEP_KIND.posted | (Number(!isTold) << KIND_BITS);
}

/** Whether it is that of a posting that readers are told of. */
export function isToldPosting(code: number): boolean {
  return code === postedCode(true);
}

/** The byte of a status; with `hidden` null the comment stays hidden or shown as it was. */
export function statusCode(to: number, hidden: boolean | null): number {
  const flag = hidden === null ? HIDDEN_UNCHANGED : Number(hidden);
  return STEP_KIND.status | ((to + flag * STATUS_COUNT) << KIND_BITS);
}

/** The byte of a reaction; `own`: by the comment's author. */
export function reactionCode(kind: number, { count, own }: { readonly count: 1 | -1; readonly own: boolean }): number {
  return STEP_KIND.reaction | ((kind | (count === 1 ? 8 : 0) | (own ? 16 : 0)) << KIND_BITS);
}

const STATUS_COUNT = Object.keys(STATUS).length;

export function kindOfCode(code: number): number {
  return code & ((1 << KIND_BITS) - 1);
}

export function statusOfCode(code: number): { readonly to: number; readonly hidden: boolean | null } {
  const value = code >> KIND_BITS;
  const flag = Math.floor(value / STATUS_COUNT);
  return { to: value % STATUS_COUNT, hidden: flag === HIDDEN_UNCHANGED ? null : flag === 1 };
}

export function reactionOfCode(code: number): { readonly kind: number; readonly count: 1 | -1; readonly own: boolean } {
  const value = code >> KIND_BITS;
  return { kind: value & 7, count: value & 8 ? 1 : -1, own: (value & 16) !== 0 };
}

/**
 * All steps of each thread, packed many to a row, so that a thread's past is read in few rows, and the fold pays for no
 * row with each event. The steps of a batch are written at its end.
 */
export class ThreadSteps {
  /** By the post's number. */
  #posts: PostSteps[] = [];
  #waiting = 0;
  readonly #newest: Statement<unknown[], { readonly n: number; readonly count: number }>;
  readonly #add: Statement<unknown[]>;
  readonly #grow: Statement<unknown[]>;

  constructor(db: Database) {
    this.#newest = db.prepare(NEWEST_ROW);
    this.#add = db.prepare('INSERT INTO thread_step (n, steps, codes) VALUES (?, ?, ?)');
    this.#grow = db.prepare(`
      UPDATE thread_step SET steps = CAST(steps || ? AS BLOB), codes = CAST(codes || ? AS BLOB) WHERE n = ?`);
  }

  /** Steps that the next flush writes. */
  get waiting(): number {
    return this.#waiting;
  }

  add(post: number, step: Step): void {
    let steps = this.#posts[post];
    if (!steps) this.#posts[post] = steps = new PostSteps();
    steps.add(step);
    this.#waiting += 1;
  }

  /** Makes of a posting in this batch one that readers are not told of. */
  hush(post: number, position: bigint): void {
    this.#posts[post]?.recode(position, postedCode(false));
  }

  flush(): void {
    this.#posts.forEach((steps, post) => {
      this.#write(post, steps);
    });
    this.#posts = [];
    this.#waiting = 0;
  }

  /** Fills the newest row first, so that the rows are the same in whatever batches the steps came. */
  #write(post: number, steps: PostSteps): void {
    const newest = this.#newest.get(...rowsOf(post));
    let row = newest?.n ?? post * MOST_ROWS - 1;
    let written = 0;
    if (newest && newest.count < STEPS_IN_ROW) {
      written = Math.min(STEPS_IN_ROW - newest.count, steps.count);
      this.#grow.run(...steps.part(0, written), row);
    }
    for (; written < steps.count; written += STEPS_IN_ROW) {
      row += 1;
      this.#add.run(row, ...steps.part(written, Math.min(steps.count, written + STEPS_IN_ROW)));
    }
  }
}

/** The last row of a thread, if there is one, between the two numbers of `rowsOf`. */
export const NEWEST_ROW =
  'SELECT n, length(codes) AS count FROM thread_step WHERE n >= ? AND n < ? ORDER BY n DESC LIMIT 1';

const newestRow = statement<{ readonly n: number; readonly count: number }>(NEWEST_ROW);

/** The number of a thread's steps. It only grows, so another number means another life. */
export function countSteps(db: Database, post: number): number {
  const [first] = rowsOf(post);
  const newest = newestRow(db).get(...rowsOf(post));
  return newest ? (newest.n - first) * STEPS_IN_ROW + newest.count : 0;
}

/** The first number of a thread's rows, and the first one of the next thread's. */
export function rowsOf(post: number): readonly [number, number] {
  return [post * MOST_ROWS, (post + 1) * MOST_ROWS];
}

/** The number of a thread's first row; each row is full before the next one begins. */
export function firstRowOf(post: number): number {
  return post * MOST_ROWS;
}
