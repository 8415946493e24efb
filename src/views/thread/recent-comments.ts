import type { Database } from 'better-sqlite3';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { CommentPresenter } from './door/comment-presenter.ts';
import { GetRecentComments } from './thread.query-types.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow } from './thread.reads.ts';
import { STATUS } from './thread.schema.ts';

/** The most comments that are searched for one page, since any number may be hidden or under withdrawn posts. */
const MOST_SEARCHED = 1_000;
const LIST = 'recent comments';

const newest = statement<CommentRow>(`
  SELECT ${COMMENT_COLUMNS} FROM (
    SELECT n FROM comment WHERE n < @before ORDER BY n DESC LIMIT ${MOST_SEARCHED}
  ) looked JOIN comment c ON c.n = looked.n ${COMMENT_JOINS}
  WHERE c.status = ${STATUS.visible} AND c.shadow = 0 AND post.withdrawn = 0 AND post.publish_at <= @now
  ORDER BY c.n DESC LIMIT @limit`);

export const recentCommentsQuery = answering(
  GetRecentComments,
  { views: VIEWS, presenter: CommentPresenter },
  async ({ limit, cursor }, { views, presenter }) => {
    const before = cursor === null ? 0x7fff_ffff_ffff_ffffn : readNumberCursor(cursor, LIST);
    const rows = reading(views.db('thread'), (db) => newestBefore(db, before, limit + 1));
    const items = await presenter.present(rows.slice(0, limit), { sees: 'reader' });
    const last = rows[limit - 1];
    return { items, next: rows.length > limit && last ? writeNumberCursor(BigInt(last.posted), LIST) : null };
  },
);

function newestBefore(db: Database, before: bigint, limit: number): readonly CommentRow[] {
  return newest(db).all({ before, now: Date.now(), limit });
}
