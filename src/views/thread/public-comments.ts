import type { Database } from 'better-sqlite3';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idBytes } from '../ids.ts';
import { CommentPresenter } from './door/comment-presenter.ts';
import { CountPublicComments, GetPublicComments, MOST_PUBLIC_COUNTED } from './thread.query-types.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow } from './thread.reads.ts';
import { STATUS } from './thread.schema.ts';

/** The most comments that are searched for one page, since a member may have any number under withdrawn posts. */
const MOST_LOOKED_THROUGH = 1_000;

const authorOf = statement<{ n: number }>('SELECT n FROM author WHERE id = ?');
const IN_PUBLIC = 'c.shadow = 0 AND post.withdrawn = 0 AND post.publish_at <= @now';
const visible = `SELECT n FROM comment WHERE author = @author AND n < @before AND status = ${STATUS.visible}
  ORDER BY n DESC LIMIT ${MOST_LOOKED_THROUGH}`;
const written = statement<CommentRow>(`
  SELECT ${COMMENT_COLUMNS} FROM (${visible}) looked JOIN comment c ON c.n = looked.n ${COMMENT_JOINS}
  WHERE ${IN_PUBLIC} ORDER BY c.n DESC LIMIT @limit`);
const lastLookedAt = statement<{ n: string | null; count: number }>(
  `SELECT CAST(min(n) AS TEXT) AS n, count(*) AS count FROM (${visible})`,
);
const counted = statement<{ count: number }>(`
  SELECT count(*) AS count FROM (
    SELECT 1 FROM comment c JOIN post ON post.n = c.post
    WHERE c.author = @author AND c.status = ${STATUS.visible} AND ${IN_PUBLIC} LIMIT ${MOST_PUBLIC_COUNTED + 1})`);

/** The comments of a member that everybody can read. */
export const publicCommentsQuery = answering(
  GetPublicComments,
  { views: VIEWS, presenter: CommentPresenter },
  async ({ memberId, limit, cursor }, { views, presenter }) => {
    const before = cursor === null ? 0x7fff_ffff_ffff_ffffn : readNumberCursor(cursor, listOf(memberId));
    const { rows, next, count } = reading(views.db('thread'), (db) => publicComments(db, { memberId, before, limit }));
    const items = await presenter.present(rows, { sees: 'reader' });
    return { items, count, next: next === null ? null : writeNumberCursor(next, listOf(memberId)) };
  },
);

export const publicCountQuery = answering(CountPublicComments, { views: VIEWS }, ({ memberId }, { views }) => {
  const db = views.db('thread');
  const author = authorOf(db).get(idBytes(memberId));
  return author === undefined ? 0 : (counted(db).get({ author: author.n, now: Date.now() })?.count ?? 0);
});

export function publicComments(
  db: Database,
  { memberId, before, limit }: { readonly memberId: string; readonly before: bigint; readonly limit: number },
): { readonly rows: readonly CommentRow[]; readonly next: bigint | null; readonly count: number } {
  const author = authorOf(db).get(idBytes(memberId));
  if (!author) return { rows: [], next: null, count: 0 };
  const at = { author: author.n, now: Date.now() };
  const rows = written(db).all({ ...at, before, limit: limit + 1 });
  const count = counted(db).get(at)?.count ?? 0;
  const last = rows[limit - 1];
  if (rows.length > limit && last) return { rows: rows.slice(0, limit), next: BigInt(last.posted), count };
  const looked = lastLookedAt(db).get({ author: author.n, before });
  const isCutShort = looked?.n !== null && looked?.count === MOST_LOOKED_THROUGH;
  return { rows, next: isCutShort && looked?.n ? BigInt(looked.n) : null, count };
}

function listOf(memberId: string): string {
  return `public ${memberId}`;
}
