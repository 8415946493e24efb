import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import type { CommentSort } from '../../../libs/words/index.ts';
import { foldedPage } from './folded-page.ts';
import type { FoldedSize } from './folded-shapes.ts';
import { cursorBefore } from './roots.ts';
import type { ThreadCursor } from './thread.cursor.ts';
import { type CommentRow, type PostRow, type Scope, scoped } from './thread.reads.ts';
import { C_PATH, PATH, rootOf } from './thread.schema.ts';

const scoreAt = statement<{ score: number }>(`SELECT score FROM comment WHERE post = ? AND ${PATH} = ?`);
const pathBefore = scoped<{ path: Buffer }>(
  (shown) => `SELECT ${C_PATH} AS path FROM comment c
    WHERE c.post = @post AND ${C_PATH} >= @root AND ${C_PATH} < @path AND ${shown} ORDER BY ${C_PATH} DESC LIMIT 1`,
);

/**
 * The page on which a viewer finds a comment: the first page if it is there (null), otherwise the page that begins with
 * the top-level comment above it, otherwise a page inside its conversation that begins with the comment itself.
 */
export function locateComment(
  db: Database,
  { row, ...thread }: { readonly post: PostRow; readonly scope: Scope; readonly row: CommentRow },
  { sort, ...size }: FoldedSize & { readonly sort: CommentSort },
): ThreadCursor | null {
  const holds = (cursor: ThreadCursor | null): boolean =>
    foldedPage(db, thread, { sort, ...size, cursor }).rows.some(({ path }) => path.equals(row.path));
  if (holds(null)) return null;
  const path = rootOf(row.path);
  const score = sort === 'best' ? (scoreAt(db).get(thread.post.n, path)?.score ?? 0) : 0;
  const cursor = cursorBefore(db, thread, { sort, root: { path, score } });
  if (holds(cursor)) return cursor;
  const previous = pathBefore(db, thread.scope, { post: thread.post.n, root: path, path: row.path })[0];
  return { root: path, score, inside: previous?.path ?? path };
}
