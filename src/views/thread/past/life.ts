import type { Database } from 'better-sqlite3';
import { statement } from '../../../../libs/projections/index.ts';
import { kindOfCode, rowsOf, STEP_KIND, type Step, unpackSteps } from '../thread-steps.ts';
import { withheldOfThread } from '../withheld-texts.ts';

/** What of a comment never changes; `parent` is its place among the comments, -1 for none. */
export interface LifeComment {
  readonly n: bigint;
  readonly id: Buffer;
  readonly parent: number;
  readonly depth: number;
  readonly path: Buffer;
  readonly author: Buffer | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** The discussion itself, among the comments of steps. */
export const NO_COMMENT = -1;

/** All that ever befell a thread, a column an array, in the order of the log. */
export interface ThreadLife {
  /** In tree order: depth-first, oldest first. */
  readonly comments: readonly LifeComment[];
  readonly count: number;
  readonly positions: BigInt64Array;
  /** Places among the comments. */
  readonly about: Int32Array;
  /** When each happened, milliseconds since 1970. */
  readonly times: Float64Array;
  /** The same, never before what it follows upon: the comment's own steps before it, and the posting above it. */
  readonly happened: Float64Array;
  readonly codes: Uint8Array;
  /** Texts that readers may not read any more, or never could: positions of the events that brought them. */
  readonly withheld: ReadonlySet<bigint>;
  /** When the last of it happened; the clock of another node may be ahead. */
  latest: number;
}

interface CommentRow {
  readonly n: string;
  readonly id: Buffer;
  readonly parent: string | null;
  readonly depth: number;
  readonly path: Buffer;
  readonly author: Buffer | null;
  readonly created_at: number;
}

/** Rows that are read at one stretch. */
const SOME = 200;

const stepRows = statement<{ steps: Buffer; codes: Buffer }>(
  'SELECT steps, codes FROM thread_step WHERE n >= ? AND n < ? ORDER BY n LIMIT ?',
);
const commentRows = statement<CommentRow>(`
  SELECT CAST(c.n AS TEXT) AS n, c.id, CAST(c.parent AS TEXT) AS parent, c.depth, c.path, a.id AS author, c.created_at
  FROM comment c LEFT JOIN author a ON a.n = c.author WHERE c.post = ? AND c.path > ? ORDER BY c.path LIMIT ?`);

/**
 * Reads the first so many steps of a thread's life from the thread view, some rows a step. Neither steps nor what is kept of a
 * comment ever change, so what comes meanwhile is not in it, or is a comment that had not come yet.
 */
export function* readingLife(db: Database, post: number, count: number): Generator<undefined, ThreadLife> {
  const { comments, placeOf } = yield* readingComments(db, post);
  const life = newLife(comments, count);
  const putting = {
    placeOf,
    latest: new Float64Array(comments.length).fill(Number.NEGATIVE_INFINITY),
    posted: new Float64Array(comments.length),
  };
  const [first, end] = rowsOf(post);
  for (let [row, step] = [first, 0]; step < count; row += SOME) {
    const rows = stepRows(db).all(row, end, SOME);
    if (rows.length === 0) throw new Error('a thread has fewer steps than it had');
    for (const one of rows.flatMap(unpackSteps).slice(0, count - step)) {
      put(life, step, one, putting);
      step += 1;
    }
    yield;
  }
  return { ...life, withheld: withheldOfThread(db, post) };
}

interface KnownComments {
  readonly comments: readonly LifeComment[];
  readonly placeOf: ReadonlyMap<bigint, number>;
}

function* readingComments(db: Database, post: number): Generator<undefined, KnownComments> {
  const comments: LifeComment[] = [];
  const placeOf = new Map<bigint, number>();
  for (let rows = commentRows(db).all(post, Buffer.alloc(0), SOME); rows.length > 0; ) {
    for (const { n, id, parent, depth, path, author, created_at: createdAt } of rows) {
      const number = BigInt(n);
      placeOf.set(number, comments.length);
      const above = parent === null ? -1 : (placeOf.get(BigInt(parent)) ?? -1);
      comments.push({ n: number, id, parent: above, depth, path, author, createdAt });
    }
    yield;
    rows = commentRows(db).all(post, comments.at(-1)?.path, SOME);
  }
  return { comments, placeOf };
}

function newLife(comments: readonly LifeComment[], count: number): Omit<ThreadLife, 'withheld'> {
  return {
    comments,
    count,
    positions: new BigInt64Array(count),
    about: new Int32Array(count),
    times: new Float64Array(count),
    happened: new Float64Array(count),
    codes: new Uint8Array(count),
    latest: 0,
  };
}

/** What is known while steps are put in: when the last of each comment happened, and when it was posted. */
interface Putting {
  readonly placeOf: ReadonlyMap<bigint, number>;
  readonly latest: Float64Array;
  readonly posted: Float64Array;
}

function put(
  life: Omit<ThreadLife, 'withheld'>,
  step: number,
  { position, comment, at, code }: Step,
  { placeOf, latest, posted }: Putting,
): void {
  const place = placeOf.get(comment) ?? NO_COMMENT;
  const isPosting = kindOfCode(code) === STEP_KIND.posted;
  const parent = life.comments[place]?.parent ?? -1;
  const before = isPosting ? (posted[parent] ?? at) : (latest[place] ?? at);
  const happened = Math.max(at, before);
  if (place !== NO_COMMENT) latest[place] = happened;
  if (isPosting && place !== NO_COMMENT) posted[place] = happened;
  life.positions[step] = position;
  life.codes[step] = code;
  life.about[step] = place;
  life.times[step] = at;
  life.happened[step] = happened;
  life.latest = Math.max(life.latest, happened);
}
