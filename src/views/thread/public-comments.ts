import type { Database } from 'better-sqlite3';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { writeNumberCursor } from '../cursor.ts';
import { idBytes } from '../ids.ts';
import { CommentPresenter } from './door/comment-presenter.ts';
import { NEWEST_SAID, SAID_BEFORE, type SaidPlace, saidPlace } from './said-order.ts';
import { CountPublicComments, GetPublicComments, MOST_PUBLIC_COUNTED } from './thread.query-types.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow } from './thread.reads.ts';
import { STATUS } from './thread.schema.ts';

/** The most comments that are searched for one page, since a member may have any number under withdrawn posts. */
const MOST_LOOKED_THROUGH = 1_000;

const authorOf = statement<{ n: number }>('SELECT n FROM author WHERE id = ?');
const IN_PUBLIC = 'c.shadow = 0 AND post.withdrawn = 0 AND post.publish_at <= @now';
const visible = `SELECT c.n FROM comment c WHERE c.author = @author AND ${SAID_BEFORE} AND c.status = ${STATUS.visible}
  ORDER BY ${NEWEST_SAID} LIMIT ${MOST_LOOKED_THROUGH}`;
const written = statement<CommentRow>(`
  SELECT ${COMMENT_COLUMNS} FROM (${visible}) looked JOIN comment c ON c.n = looked.n ${COMMENT_JOINS}
  WHERE ${IN_PUBLIC} ORDER BY ${NEWEST_SAID} LIMIT @limit`);
const lastLookedThrough = statement<{ n: string }>(
  `SELECT CAST(n AS TEXT) AS n FROM (${visible}) LIMIT 1 OFFSET ${MOST_LOOKED_THROUGH - 1}`,
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
    const { rows, next, count } = reading(views.db('thread'), (db) => {
      const from = saidPlace(db, cursor, listOf(memberId));
      return publicComments(db, { memberId, from, limit });
    });
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
  { memberId, from, limit }: { readonly memberId: string; readonly from: SaidPlace; readonly limit: number },
): { readonly rows: readonly CommentRow[]; readonly next: bigint | null; readonly count: number } {
  const author = authorOf(db).get(idBytes(memberId));
  if (!author) return { rows: [], next: null, count: 0 };
  const at = { author: author.n, now: Date.now() };
  const rows = written(db).all({ ...at, ...from, limit: limit + 1 });
  const count = counted(db).get(at)?.count ?? 0;
  const last = rows[limit - 1];
  if (rows.length > limit && last) return { rows: rows.slice(0, limit), next: BigInt(last.posted), count };
  const cutAt = lastLookedThrough(db).get({ author: author.n, ...from });
  return { rows, next: cutAt === undefined ? null : BigInt(cutAt.n), count };
}

function listOf(memberId: string): string {
  return `public ${memberId}`;
}
