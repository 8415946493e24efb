import type { Database } from 'better-sqlite3';
import type { CommentSort } from '../../../libs/words/index.ts';
import { fitting } from '../page-bounds.ts';
import { type Root, rootsAfter, START } from './roots.ts';
import type { ThreadCursor } from './thread.cursor.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow, type PostRow, type Scope, scoped } from './thread.reads.ts';
import { afterBranch, C_PATH, rootOf } from './thread.schema.ts';

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

/** The viewer's comments of a branch, from one path to before another, in tree order. */
export const branch = scoped<CommentRow>(
  (shown) => `SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS}
    WHERE c.post = @post AND ${C_PATH} >= @from AND ${C_PATH} < @end AND ${shown} ORDER BY ${C_PATH} LIMIT @limit`,
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

/** The first byte string after a path; all comments below the path come later. */
export function rightAfter(path: Buffer): Buffer {
  return Buffer.concat([path, Buffer.of(0)]);
}
