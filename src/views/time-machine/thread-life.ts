import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { kindOfCode, NEWEST_ROW, rowsOf, STEP_KIND, type Step, unpackSteps } from '../thread/thread-steps.ts';
import { withheldOfThread } from '../thread/withheld-texts.ts';

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

const stepRows = statement<{ steps: Buffer; codes: Buffer }>(
  'SELECT steps, codes FROM thread_step WHERE n >= ? AND n < ? ORDER BY n',
);
const newestRow = statement<{ n: number; count: number }>(NEWEST_ROW);
const commentRows = statement<CommentRow>(`
  SELECT CAST(c.n AS TEXT) AS n, c.id, CAST(c.parent AS TEXT) AS parent, c.depth, c.path, a.id AS author, c.created_at
  FROM comment c LEFT JOIN author a ON a.n = c.author WHERE c.post = ? ORDER BY c.path`);

/** Another answer, another life: what was kept of the one before is out of date. */
export function lifeMark(db: Database, post: number): string {
  const newest = newestRow(db).get(...rowsOf(post));
  return newest ? `${newest.n} ${newest.count}` : '';
}

/** Reads a thread's whole life from the thread view; call it in the transaction that reads what is shown with it. */
export function readLife(db: Database, post: number): ThreadLife {
  const rows = commentRows(db).all(post);
  const placeOf = new Map(rows.map(({ n }, place) => [BigInt(n), place]));
  const comments = rows.map((row) => ({
    n: BigInt(row.n),
    id: row.id,
    parent: row.parent === null ? -1 : (placeOf.get(BigInt(row.parent)) ?? -1),
    depth: row.depth,
    path: row.path,
    author: row.author,
    createdAt: row.created_at,
  }));
  const steps = stepRows(db)
    .all(...rowsOf(post))
    .flatMap(unpackSteps);
  return { ...lifeOf(steps, comments, placeOf), withheld: withheldOfThread(db, post) };
}

function lifeOf(
  steps: readonly Step[],
  comments: readonly LifeComment[],
  placeOf: ReadonlyMap<bigint, number>,
): Omit<ThreadLife, 'withheld'> {
  const count = steps.length;
  const life = {
    comments,
    count,
    positions: new BigInt64Array(count),
    about: new Int32Array(count),
    times: new Float64Array(count),
    happened: new Float64Array(count),
    codes: new Uint8Array(count),
    latest: 0,
  };
  const latest = new Float64Array(comments.length).fill(Number.NEGATIVE_INFINITY);
  const posted = new Float64Array(comments.length);
  for (const [step, { position, comment, at, code }] of steps.entries()) {
    const place = placeOf.get(comment) ?? NO_COMMENT;
    const isPosting = kindOfCode(code) === STEP_KIND.posted;
    const parent = comments[place]?.parent ?? -1;
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
  return life;
}
