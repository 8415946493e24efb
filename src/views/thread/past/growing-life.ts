import type { Database } from 'better-sqlite3';
import { statement } from '../../../../libs/projections/index.ts';
import { grown } from '../grown.ts';
import { kindOfCode, STEP_KIND } from '../thread-steps.ts';
import { withheldOf } from '../withheld-texts.ts';
import { NO_COMMENT, type ThreadLife } from './life.ts';
import { LifeComments } from './life-comments.ts';
import { inserted } from './sorted-places.ts';
import { foldSteps, roomier, type Stretch, shade, type ThreadState } from './state.ts';
import { StepColumns } from './step-columns.ts';

const FIRST_CAPACITY = 256;
/** Of what is kept of a step beside its columns, and of a comment in a state and in the order of the tree. */
const STEP_BYTES = 16;
const STATE_BYTES = 69;
/** Of a comment with withheld texts, which are few. */
const WITHHELD_BYTES = 400;

/** A life, and how its thread stands at the end of it. */
export interface LivedThread {
  readonly life: ThreadLife;
  readonly now: ThreadState;
}

interface CommentRow {
  readonly id: Buffer;
  readonly parent: string | null;
  readonly depth: number;
  readonly author: Buffer | null;
  readonly created_at: number;
}

/** Steps that are taken in at one stretch, and those that are put in order together. */
const SOME = 200;
const CHUNK = 2_000;

const commentRow = statement<CommentRow>(`
  SELECT c.id, CAST(c.parent AS TEXT) AS parent, c.depth, a.id AS author, c.created_at
  FROM comment c LEFT JOIN author a ON a.n = c.author WHERE c.n = ?`);

/** One thread's life as it grows: what was read of it is never read again. */
export class GrowingLife {
  readonly steps = new StepColumns();
  readonly #comments = new LifeComments();
  readonly #withheld = new Map<number, ReadonlySet<bigint>>();
  #about = new Int32Array(FIRST_CAPACITY);
  #happened = new Float64Array(FIRST_CAPACITY);
  #order: Int32Array = new Int32Array();
  #byTime: Int32Array = new Int32Array();
  #latest = 0;
  #lived: LivedThread | null = null;

  /** As it was when it had grown last. */
  get lived(): LivedThread | null {
    return this.#lived;
  }

  get bytes(): number {
    const stateBytes = STATE_BYTES * this.#order.length;
    const withheldBytes = WITHHELD_BYTES * this.#withheld.size;
    return this.steps.bytes + STEP_BYTES * this.#about.length + this.#comments.bytes + stateBytes + withheldBytes;
  }

  /**
   * Reads on until the thread's first so many steps are in it, some rows a step. Neither steps nor what is kept of a comment ever
   * change, but for the author of one that a member claims; so what comes meanwhile is not in it. A life whose growing was broken off is of no more use.
   */
  *growing(db: Database, post: number, count: number): Generator<undefined, LivedThread> {
    yield* this.#reading(db, post, count);
    const from = this.#byTime.length;
    const postings = this.steps.codes.subarray(from, count).filter((code) => kindOfCode(code) === STEP_KIND.posted);
    const now = roomier(this.#lived?.now ?? null, this.#comments.count + postings.length);
    for (let step = from; step < count; step += CHUNK) {
      const chunk = { from: step, until: Math.min(count, step + CHUNK) };
      yield* this.#taking(db, chunk);
      yield* this.#ruling(db, post, chunk);
      foldSteps(now, { steps: this.steps, about: this.#about }, chunk);
    }
    shade(now, this.#comments.parents);
    this.#lived = { life: this.#life(count), now };
    return this.#lived;
  }

  *#reading(db: Database, post: number, count: number): Generator<undefined, void> {
    while (this.steps.count < count) {
      const before = this.steps.count;
      this.steps.readOn(db, post);
      if (this.steps.count === before) throw new Error('a thread has fewer steps than it had');
      yield;
    }
    if (this.#about.length >= count) return;
    const capacity = this.steps.codes.length;
    this.#about = grown(this.#about, new Int32Array(capacity));
    this.#happened = grown(this.#happened, new Float64Array(capacity));
  }

  *#taking(db: Database, { from, until }: Stretch): Generator<undefined, void> {
    const [comments, happened, known] = [this.#comments, this.#happened, this.#comments.count];
    for (let step = from; step < until; step += 1) {
      this.#take(db, step);
      if (step % SOME === 0) yield;
    }
    const byTime = (one: number, other: number): number => (happened[one] ?? 0) - (happened[other] ?? 0) || one - other;
    this.#byTime = inserted(this.#byTime, rangeOf(from, until), byTime);
    const inTree = (one: number, other: number): number => comments.compare(one, other);
    this.#order = inserted(this.#order, rangeOf(known, comments.count), inTree);
  }

  #take(db: Database, step: number): void {
    const comments = this.#comments;
    const n = this.steps.comments[step] ?? 0n;
    const isPosting = kindOfCode(this.steps.codes[step] ?? 0) === STEP_KIND.posted;
    const place = isPosting ? this.#add(db, n) : n === 0n ? NO_COMMENT : comments.placeOf(n);
    if (kindOfCode(this.steps.codes[step] ?? 0) === STEP_KIND.claimed) comments.setAuthor(place, rowOf(db, n).author);
    const at = this.steps.times[step] ?? 0;
    const parent = comments.parents[place] ?? NO_COMMENT;
    const before = isPosting ? comments.posted[parent] : comments.last[place];
    const happened = Math.max(at, before ?? at);
    if (place !== NO_COMMENT) comments.last[place] = happened;
    if (isPosting) comments.posted[place] = happened;
    this.#about[step] = place;
    this.#happened[step] = happened;
    this.#latest = Math.max(this.#latest, happened);
  }

  #add(db: Database, n: bigint): number {
    const row = rowOf(db, n);
    const { id, depth, author, created_at: createdAt } = row;
    const parent = row.parent === null ? -1 : this.#comments.placeOf(BigInt(row.parent));
    return this.#comments.add({ n, id, parent, depth, author, createdAt });
  }

  /** Looks anew at the former texts of comments that were edited or ruled on. */
  *#ruling(db: Database, post: number, { from, until }: Stretch): Generator<undefined, void> {
    const touched = new Set<number>();
    for (let step = from; step < until; step += 1) {
      const kind = kindOfCode(this.steps.codes[step] ?? 0);
      if (kind === STEP_KIND.edited || kind === STEP_KIND.status) touched.add(this.#about[step] ?? NO_COMMENT);
    }
    let read = 0;
    for (const place of touched) {
      const withheld = withheldOf(db, post, this.#comments.numbers[place] ?? 0n);
      if (withheld.size === 0) this.#withheld.delete(place);
      else this.#withheld.set(place, withheld);
      read += 1;
      if (read % SOME === 0) yield;
    }
  }

  #life(count: number): ThreadLife {
    return {
      comments: this.#comments,
      commentCount: this.#comments.count,
      order: this.#order,
      steps: this.steps,
      count,
      about: this.#about,
      happened: this.#happened,
      byTime: this.#byTime,
      withheld: this.#withheld,
      latest: this.#latest,
    };
  }
}

function rowOf(db: Database, n: bigint): CommentRow {
  const row = commentRow(db).get(n);
  if (!row) throw new Error('a comment of a thread is not in its view');
  return row;
}

function rangeOf(from: number, until: number): readonly number[] {
  return Array.from({ length: until - from }, (_, index) => from + index);
}
