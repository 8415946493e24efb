import type { Database } from 'better-sqlite3';
import type { CommentSort } from '../../../libs/words/index.ts';
import { fitting } from '../page-bounds.ts';
import type { ThreadCursor } from './thread.cursor.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow, type PostRow, type Scope, scoped } from './thread.reads.ts';
import { afterBranch, rootOf, STEP } from './thread.schema.ts';

/** The most comments on a page, whatever its limit of top-level ones. */
export const MOST_COMMENTS = 1_000;

export interface PageOptions {
  readonly sort: CommentSort;
  /** Top-level comments. */
  readonly limit: number;
  readonly cursor: ThreadCursor | null;
  /** Comments on the page; MOST_COMMENTS unless told. */
  readonly most?: number;
}
export interface ThreadPage {
  readonly rows: readonly CommentRow[];
  readonly next: ThreadCursor | null;
}

/** A top-level comment, by which pages are cut. */
export interface Root {
  readonly path: Buffer;
  readonly score: number;
}

/** Top-level comments in the order of the tree, each found by a step over the branch of the one before. */
const stepping = (shown: string, next: (after: string) => string): string => `
  WITH RECURSIVE root (path) AS (
    SELECT (${next('@path')}) UNION ALL SELECT (${next('root.path')}) FROM root WHERE root.path IS NOT NULL)
  SELECT c.path, 0 AS score FROM root CROSS JOIN comment c ON c.post = @post AND c.path = root.path
  WHERE ${shown} LIMIT @limit`;
const later = (shown: string): string =>
  stepping(shown, (after) => {
    const branch = `CAST(${after} || x'ff' AS BLOB)`;
    return `SELECT min(path) FROM comment WHERE post = @post AND path > ${branch}`;
  });
const earlier = (shown: string): string =>
  stepping(
    shown,
    (before) => `SELECT substr(max(path), 1, ${STEP}) FROM comment WHERE post = @post AND path < ${before}`,
  );
/** Some of those that stand on one side of a place in the order of `best`: of its score, and of others; each part ends where there are enough. */
const best = (shown: string, { score, path, order }: Readonly<Record<'score' | 'path' | 'order', string>>): string => {
  const part = (behind: string): string => `SELECT * FROM (SELECT c.path, c.score FROM comment c
    WHERE c.post = @post AND c.depth = 0 AND ${behind} AND ${shown} ORDER BY ${order} LIMIT @limit)`;
  return `${part(`c.score = @score AND c.path ${path} @path`)} UNION ALL ${part(`c.score ${score} @score`)}
    ORDER BY ${order.replaceAll('c.', '')} LIMIT @limit`;
};
const ROOTS = {
  oldest: scoped<Root>(later),
  newest: scoped<Root>(earlier),
  best: scoped<Root>((shown) => best(shown, { score: '<', path: '>', order: 'c.score DESC, c.path' })),
} as const;
const START: Readonly<Record<CommentSort, ThreadCursor>> = {
  oldest: { root: Buffer.of(0), score: 0, inside: null },
  newest: { root: Buffer.of(0xff), score: 0, inside: null },
  best: { root: Buffer.of(0), score: 2 ** 31 - 1, inside: null },
};

/** Behind the last top-level comment, so that the page before it is the last one. */
export const END: Readonly<Record<CommentSort, ThreadCursor>> = {
  oldest: { root: Buffer.alloc(STEP, 0xff), score: 0, inside: null, isBefore: true },
  newest: { root: Buffer.alloc(STEP), score: 0, inside: null, isBefore: true },
  best: { root: Buffer.alloc(STEP, 0xff), score: -(2 ** 31), inside: null, isBefore: true },
};

/** The viewer's comments of a branch, from one path to before another, in tree order. */
export const branch = scoped<CommentRow>(
  (shown) => `SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS}
    WHERE c.post = @post AND c.path >= @from AND c.path < @end AND ${shown} ORDER BY c.path LIMIT @limit`,
);

/**
 * One page in tree order: top-level comments by sort, each followed by its answers, depth-first, oldest first. A cursor
 * names the comment shown last, so comments that arrive meanwhile move nothing. A page ends early when its texts are
 * long.
 */
export function threadPage(
  db: Database,
  thread: { readonly post: PostRow; readonly scope: Scope },
  options: PageOptions,
): ThreadPage {
  const page = pageOf(db, thread, options);
  const most = fitting(page.rows);
  return most < page.rows.length ? pageOf(db, thread, { ...options, most }) : page;
}

function pageOf(
  db: Database,
  { post, scope }: { readonly post: PostRow; readonly scope: Scope },
  options: PageOptions,
): ThreadPage {
  const { sort, limit, cursor, most = MOST_COMMENTS } = options;
  const rows: CommentRow[] = [];
  /** All from a path to the end of a top-level comment's branch, as far as there is room; where it was cut short. */
  const take = (from: Buffer, { path, score }: Root): ThreadCursor | null => {
    const room = most - rows.length;
    const found = branch(db, scope, { post: post.n, from, end: afterBranch(path), limit: room + 1 });
    rows.push(...found.slice(0, room));
    const [last, next] = [found[room - 1], found[room]];
    if (!last || !next) return null;
    const root = rootOf(last.path);
    return { root, score, inside: rootOf(next.path).equals(root) ? last.path : null };
  };

  let place = cursor ?? START[sort];
  if (cursor?.inside) {
    const unfinished = take(rightAfter(cursor.inside), { path: cursor.root, score: cursor.score });
    if (unfinished) return { rows, next: unfinished };
    place = { ...cursor, inside: null };
  }
  const roots = rootsAfter(db, { post, scope }, { sort, place, limit: limit + 1 });
  for (const { from, last } of runsOf(roots.slice(0, limit), sort)) {
    if (rows.length >= most) return { rows, next: place };
    const unfinished = take(from, last);
    if (unfinished) return { rows, next: unfinished };
    place = { root: last.path, score: last.score, inside: null };
  }
  return { rows, next: roots.length > limit ? place : null };
}

/** Branches that follow each other in the tree are read at once. */
function runsOf(roots: readonly Root[], sort: CommentSort): readonly { readonly from: Buffer; readonly last: Root }[] {
  const [first, last] = [roots[0], roots.at(-1)];
  if (sort === 'oldest') return first && last ? [{ from: first.path, last }] : [];
  return roots.map((root) => ({ from: root.path, last: root }));
}

/** The top-level comments after a place of the order, or from its beginning without a place. */
export function rootsAfter(
  db: Database,
  { post, scope }: { readonly post: PostRow; readonly scope: Scope },
  { sort, place, limit }: { readonly sort: CommentSort; readonly place: ThreadCursor | null; readonly limit: number },
): readonly Root[] {
  const { root: path, score } = place ?? START[sort];
  return ROOTS[sort](db, scope, { post: post.n, path, score, limit });
}

/** The top-level comments before a place, the nearest first. */
export function rootsBefore(
  db: Database,
  { post, scope }: { readonly post: PostRow; readonly scope: Scope },
  { sort, place, limit }: { readonly sort: CommentSort; readonly place: ThreadCursor; readonly limit: number },
): readonly Root[] {
  return PREVIOUS[sort](db, scope, { post: post.n, path: place.root, score: place.score, limit });
}

/** The cursor of a page that begins with this top-level comment; null when it is the first. */
export function cursorBefore(
  db: Database,
  thread: { readonly post: PostRow; readonly scope: Scope },
  { sort, root }: { readonly sort: CommentSort; readonly root: Root },
): ThreadCursor | null {
  const place = { root: root.path, score: root.score, inside: null };
  const [previous] = rootsBefore(db, thread, { sort, place, limit: 1 });
  return previous ? { root: previous.path, score: sort === 'best' ? previous.score : 0, inside: null } : null;
}

const PREVIOUS = {
  oldest: scoped<Root>(earlier),
  newest: scoped<Root>(later),
  best: scoped<Root>((shown) => best(shown, { score: '>', path: '<', order: 'c.score, c.path DESC' })),
} as const;

/** The first byte string after a path; all comments below the path come later. */
export function rightAfter(path: Buffer): Buffer {
  return Buffer.concat([path, Buffer.of(0)]);
}
