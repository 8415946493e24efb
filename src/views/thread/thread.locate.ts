import type { Database } from 'better-sqlite3';
import type { CommentSort } from '../../../libs/client/index.ts';
import { statement } from '../../../libs/projections/index.ts';
import { type FoldedSize, foldedPage } from './folded-page.ts';
import type { ThreadCursor } from './thread.cursor.ts';
import { cursorBefore } from './thread.page.ts';
import type { CommentRow, PostRow } from './thread.reads.ts';
import { rootOf } from './thread.schema.ts';

const scoreAt = statement<{ score: number }>(
  'SELECT t.score FROM comment c JOIN tally t ON t.n = c.n WHERE c.post = ? AND c.path = ?',
);
const pathBefore = statement<{ path: Buffer }>(`
  SELECT path FROM comment WHERE post = ? AND path >= ? AND path < ? AND shadow = 0 ORDER BY path DESC LIMIT 1`);

/**
 * Where readers find a comment: on the first page if it is there (null), else on the page that begins with the top-level
 * comment above it, else on a page inside its conversation, which begins with itself.
 */
export function locateComment(
  db: Database,
  { post, row }: { readonly post: PostRow; readonly row: CommentRow },
  { sort, ...size }: FoldedSize & { readonly sort: CommentSort },
): ThreadCursor | null {
  const thread = { post, scope: { sees: 'reader' } } as const;
  const holds = (cursor: ThreadCursor | null): boolean =>
    foldedPage(db, thread, { sort, ...size, cursor }).rows.some(({ path }) => path.equals(row.path));
  if (holds(null)) return null;
  const path = rootOf(row.path);
  const score = sort === 'best' ? (scoreAt(db).get(post.n, path)?.score ?? 0) : 0;
  const cursor = cursorBefore(db, thread, { sort, root: { path, score } });
  if (holds(cursor)) return cursor;
  const previous = pathBefore(db).get(post.n, path, row.path);
  return { root: path, score, inside: previous?.path ?? path };
}
