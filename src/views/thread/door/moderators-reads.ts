import { statement, type Views } from '../../../../libs/projections/index.ts';
import { COMMENT_STATUSES } from '../../../../libs/words/index.ts';
import { writeNumberCursor } from '../../cursor.ts';
import { idBytes } from '../../ids.ts';
import { fitting } from '../../page-bounds.ts';
import { NEWEST_SAID, SAID_BEFORE, saidPlace } from '../said-order.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow } from '../thread.reads.ts';
import { afterBranch, C_PATH, pathsAbove, STEP } from '../thread.schema.ts';

/** The reads of moderators: threads with every comment, whatever its status. Nothing here checks who reads. */

export type { CommentRow };

type Thread = Pick<Views, 'db'>;

const FROM = `SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS}`;
const commentById = statement<CommentRow>(`${FROM} WHERE c.id = ?`);
const postOf = statement<{ n: number }>('SELECT n FROM post WHERE id = ?');
const above = statement<CommentRow>(`
  ${FROM} WHERE c.post = ? AND ${C_PATH} IN (SELECT unhex(value) FROM json_each(?)) ORDER BY ${C_PATH}`);
const siblingsBefore = statement<CommentRow>(`
  ${FROM} WHERE c.post = @post AND ${C_PATH} < @path AND ${C_PATH} > @branch AND c.depth = @depth ORDER BY ${C_PATH} DESC LIMIT 3`);
const answersTo = statement<CommentRow>(`
  ${FROM} WHERE c.post = @post AND ${C_PATH} > @path AND ${C_PATH} < @end AND c.depth = @depth + 1 ORDER BY ${C_PATH} LIMIT 3`);
const authorOf = statement<{ n: number }>('SELECT n FROM author WHERE id = ?');
const byStatus = statement<{ status: number; count: number }>(`
  SELECT status, count(*) AS count FROM comment WHERE author = ? GROUP BY status`);
const written = statement<CommentRow>(`
  ${FROM} WHERE c.author = @author AND ${SAID_BEFORE} AND (@status IS NULL OR c.status = @status)
  ORDER BY ${NEWEST_SAID} LIMIT @limit`);

export function anyComment(views: Thread, commentId: string): CommentRow | undefined {
  return commentById(views.db('thread')).get(idBytes(commentId));
}

/**
 * The surroundings of a comment from the top of its branch: the comments above, up to three siblings before it, the
 * comment, and up to three answers.
 */
export function surroundingsOf(views: Thread, row: CommentRow): readonly CommentRow[] {
  const db = views.db('thread');
  const post = postOf(db).get(row.post);
  if (!post) return [row];
  const place = { post: post.n, path: row.path, depth: row.depth, end: afterBranch(row.path) };
  const branch = row.path.subarray(0, -STEP);
  return [
    ...above(db).all(post.n, JSON.stringify(pathsAbove(row.path))),
    ...siblingsBefore(db)
      .all({ ...place, branch })
      .reverse(),
    row,
    ...answersTo(db).all(place),
  ];
}

/** The number of a member's comments in each status. */
export function commentCounts(
  views: Thread,
  memberId: string,
): Readonly<Record<(typeof COMMENT_STATUSES)[number], number>> {
  const db = views.db('thread');
  const counts = { visible: 0, held: 0, rejected: 0, removed: 0, erased: 0 };
  const author = authorOf(db).get(idBytes(memberId));
  for (const { status, count } of author ? byStatus(db).all(author.n) : []) {
    const name = COMMENT_STATUSES[status];
    if (name !== undefined) counts[name] = count;
  }
  return counts;
}

export interface WrittenWish {
  readonly status: (typeof COMMENT_STATUSES)[number] | null;
  readonly limit: number;
  readonly cursor: string | null;
}

/** A member's comments, the one said last first; a page ends early when its texts are long. Throws DomainError `invalid` (cursor). */
export function commentsOf(
  views: Thread,
  memberId: string,
  { status, limit, cursor }: WrittenWish,
): { readonly rows: readonly CommentRow[]; readonly next: string | null } {
  const db = views.db('thread');
  const list = `${memberId} ${status}`;
  const author = authorOf(db).get(idBytes(memberId));
  if (!author) return { rows: [], next: null };
  const from = saidPlace(db, cursor, list);
  const at = status === null ? null : COMMENT_STATUSES.indexOf(status);
  const found = written(db).all({ author: author.n, ...from, status: at, limit: limit + 1 });
  const rows = found.slice(0, Math.min(limit, fitting(found)));
  const last = rows.at(-1);
  return { rows, next: found.length > rows.length && last ? writeNumberCursor(BigInt(last.posted), list) : null };
}
