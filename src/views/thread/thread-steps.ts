import type { Database, Statement } from 'better-sqlite3';
import { STATUS } from './thread.schema.ts';

/** What a step of a thread's life did, as its number in the file. */
export const STEP_KIND = { posted: 0, edited: 1, status: 2, passed: 3, reaction: 4, discussion: 5 } as const;

/** One step: position and comment (8 bytes each), time (a double), then what it did, in one byte. */
export const STEP_BYTES = 25;
/** Steps in one row: a thread's newest row grows until it has so many. */
const STEPS_IN_ROW = 100;
const ROW_BYTES = STEPS_IN_ROW * STEP_BYTES;
const KIND_BITS = 3;
const HIDDEN_UNCHANGED = 2;

/** What befell a thread, as it is folded again when somebody looks at its past. */
export interface Step {
  readonly position: bigint;
  /** The number of the comment that it is about; 0n for the discussion itself. */
  readonly comment: bigint;
  /** Milliseconds since 1970: when it happened. */
  readonly at: number;
  readonly code: number;
}

/** The byte of a status: `hidden` null leaves that as it was. */
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
 * All that ever befell each thread, packed: a hundred steps a row, so that a thread's past is read in few rows and costs
 * the fold no row for each event. What comes in a batch is written at its end.
 */
export class ThreadSteps {
  /** By the post's number. */
  #posts: PostSteps[] = [];
  #waiting = 0;
  readonly #newest: Statement<unknown[], { readonly part: number; readonly bytes: number }>;
  readonly #add: Statement<unknown[]>;
  readonly #grow: Statement<unknown[]>;

  constructor(db: Database) {
    this.#newest = db.prepare(
      'SELECT part, length(steps) AS bytes FROM thread_step WHERE post = ? ORDER BY part DESC LIMIT 1',
    );
    this.#add = db.prepare('INSERT INTO thread_step (post, part, steps) VALUES (?, ?, ?)');
    this.#grow = db.prepare('UPDATE thread_step SET steps = CAST(steps || ? AS BLOB) WHERE post = ? AND part = ?');
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

  flush(): void {
    this.#posts.forEach((steps, post) => {
      this.#write(post, steps.bytes());
    });
    this.#posts = [];
    this.#waiting = 0;
  }

  /** Fills the newest row first: however the steps came in batches, the rows are the same. */
  #write(post: number, steps: Uint8Array): void {
    const newest = this.#newest.get(post);
    let part = newest?.part ?? -1;
    let written = 0;
    if (newest && newest.bytes < ROW_BYTES) {
      written = Math.min(ROW_BYTES - newest.bytes, steps.length);
      this.#grow.run(steps.subarray(0, written), post, part);
    }
    for (; written < steps.length; written += ROW_BYTES) {
      part += 1;
      this.#add.run(post, part, steps.subarray(written, written + ROW_BYTES));
    }
  }
}

const FIRST_STEPS = 4;

class PostSteps {
  #bytes = Buffer.allocUnsafe(FIRST_STEPS * STEP_BYTES);
  #end = 0;

  add({ position, comment, at, code }: Step): void {
    if (this.#end === this.#bytes.length) this.#makeRoom();
    const start = this.#end;
    this.#bytes.writeBigInt64LE(position, start);
    this.#bytes.writeBigInt64LE(comment, start + 8);
    this.#bytes.writeDoubleLE(at, start + 16);
    this.#bytes[start + 24] = code;
    this.#end += STEP_BYTES;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#end);
  }

  #makeRoom(): void {
    const grown = Buffer.allocUnsafe(2 * this.#bytes.length);
    this.#bytes.copy(grown);
    this.#bytes = grown;
  }
}
