import type { Database } from 'better-sqlite3';
import {
  type FoldedPage,
  type FoldedSize,
  type FoldedWish,
  nextAfter,
  restOf,
  type SeenThread,
} from './folded-shapes.ts';
import { END } from './roots.ts';
import type { ThreadCursor } from './thread.cursor.ts';
import { branch, rightAfter } from './thread.page.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow, scoped } from './thread.reads.ts';
import { afterBranch, C_PATH, pathsAbove } from './thread.schema.ts';
import { above, countsAsVisible, visibleBefore, visibleBelow, visibleWithin } from './visible-counts.ts';

const rowsAbove = scoped<CommentRow>(
  (shown) => `SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS}
    WHERE c.post = @post AND ${C_PATH} IN (SELECT unhex(value) FROM json_each(@paths)) AND ${shown} ORDER BY ${C_PATH}`,
);
const pathsBefore = scoped<{ path: Buffer }>(
  (shown) => `SELECT ${C_PATH} AS path FROM comment c
    WHERE c.post = @post AND ${C_PATH} >= @root AND ${C_PATH} <= @path AND ${shown} ORDER BY ${C_PATH} DESC LIMIT @limit`,
);

/**
 * The continuation after a comment of a conversation, below the comments above it; null where there is none. `whole`: the page
 * that begins with the conversation.
 */
export function insidePage(
  db: Database,
  thread: SeenThread,
  wish: FoldedWish & {
    readonly cursor: ThreadCursor & { readonly inside: Buffer };
    readonly whole: ThreadCursor | null;
  },
): FoldedPage | null {
  const { sort, cursor, most, whole } = wish;
  const { root: path, score, inside } = cursor;
  const values = { post: thread.post.n, from: rightAfter(inside), end: afterBranch(path), limit: most + 1 };
  const found = branch(db, thread.scope, values);
  const [first] = found;
  if (!first) return null;
  const leading = rowsAbove(db, thread.scope, { post: thread.post.n, paths: JSON.stringify(pathsAbove(first.path)) });
  const shown = found.slice(0, Math.max(1, most - leading.length));
  const [top, missing] = [leading[0], found[shown.length]];
  const at = { sort, root: { path, score } };
  const next = nextAfter(db, thread, at);
  const rows = [...leading, ...shown];
  const open = new Set([...leading, ...(missing ? above(rows, missing.path) : [])]);
  const from =
    1 + visibleBefore(db, thread.post.n, at) + visibleWithin(db, thread.post.n, { from: path, end: first.path });
  return {
    rows,
    folds: top && missing ? [restOf(db, thread, { top, first: missing, score, shown })] : [],
    previous: partBefore(db, thread, wish),
    next,
    last: next && END[sort],
    answers: visibleBelow(db, thread.post.n, [...open]),
    place: { from, to: from - 1 + shown.filter(countsAsVisible).length },
    whole,
  };
}

/** Where the part before begins; null when the discussion's own page shows it. */
function partBefore(
  db: Database,
  thread: SeenThread,
  {
    cursor,
    most,
    answers,
  }: FoldedSize & { readonly cursor: Pick<ThreadCursor, 'root' | 'score'> & { readonly inside: Buffer } },
): ThreadCursor | null {
  const { root, score, inside: path } = cursor;
  const paths = pathsBefore(db, thread.scope, { post: thread.post.n, root, path, limit: most + 1 });
  return paths.length <= 1 + answers ? null : { root, score, inside: paths[most]?.path ?? root };
}
