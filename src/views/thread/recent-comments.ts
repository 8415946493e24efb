import type { Database } from 'better-sqlite3';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idBytes } from '../ids.ts';
import { postsOfSite } from '../post-list/door/posts-of-site.ts';
import { CommentPresenter } from './door/comment-presenter.ts';
import { GetNewestUnder, GetRecentComments } from './thread.query-types.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow } from './thread.reads.ts';
import { STATUS } from './thread.schema.ts';

/** The most comments that are searched for one page, since any number may be hidden or under withdrawn posts. */
const MOST_SEARCHED = 1_000;
const LIST = 'recent comments';

/** The most comments that are looked at for one page of one site. */
const MOST_LOOKED_AT = 20_000;

const newestOfPosts = statement<CommentRow>(`
  SELECT ${COMMENT_COLUMNS} FROM (
    SELECT n, post FROM comment WHERE n < @before ORDER BY n DESC LIMIT ${MOST_LOOKED_AT}
  ) looked JOIN comment c ON c.n = looked.n ${COMMENT_JOINS}
  WHERE looked.post IN (SELECT p.n FROM post p WHERE p.id IN (SELECT unhex(value) FROM json_each(@posts)))
    AND c.status = ${STATUS.visible} AND c.shadow = 0 AND post.withdrawn = 0 AND post.publish_at <= @now
  ORDER BY c.n DESC LIMIT @limit`);
const newest = statement<CommentRow>(`
  SELECT ${COMMENT_COLUMNS} FROM (
    SELECT n FROM comment WHERE n < @before ORDER BY n DESC LIMIT ${MOST_SEARCHED}
  ) looked JOIN comment c ON c.n = looked.n ${COMMENT_JOINS}
  WHERE c.status = ${STATUS.visible} AND c.shadow = 0 AND post.withdrawn = 0 AND post.publish_at <= @now
  ORDER BY c.n DESC LIMIT @limit`);

/** The index of the tree has all that the search looks at. */
const newestUnder = statement<CommentRow>(`
  SELECT ${COMMENT_COLUMNS} FROM (
    SELECT n FROM comment
    WHERE post = (SELECT n FROM post WHERE id = @post AND withdrawn = 0 AND publish_at <= @now)
      AND shadow = 0 AND status = ${STATUS.visible}
    ORDER BY n DESC LIMIT @limit
  ) looked JOIN comment c ON c.n = looked.n ${COMMENT_JOINS} ORDER BY c.n DESC`);

export const newestUnderQuery = answering(
  GetNewestUnder,
  { views: VIEWS, presenter: CommentPresenter },
  ({ postId, limit }, { views, presenter }) => {
    const wish = { post: idBytes(postId), now: Date.now(), limit };
    return presenter.present(newestUnder(views.db('thread')).all(wish), { sees: 'reader' });
  },
);

export const recentCommentsQuery = answering(
  GetRecentComments,
  { views: VIEWS, presenter: CommentPresenter },
  async ({ limit, cursor, site }, { views, presenter }) => {
    const list = site === null ? LIST : `${LIST} ${site}`;
    const posts = site === null ? null : postsOfSite(views, site);
    const before = cursor === null ? 0x7fff_ffff_ffff_ffffn : readNumberCursor(cursor, list);
    const rows = reading(views.db('thread'), (db) => newestBefore(db, { before, posts }, limit + 1));
    const items = await presenter.present(rows.slice(0, limit), { sees: 'reader' });
    const last = rows[limit - 1];
    return { items, next: rows.length > limit && last ? writeNumberCursor(BigInt(last.posted), list) : null };
  },
);

function newestBefore(
  db: Database,
  { before, posts }: { readonly before: bigint; readonly posts: string | null },
  limit: number,
): readonly CommentRow[] {
  const wish = { before, now: Date.now(), limit };
  return posts === null ? newest(db).all(wish) : newestOfPosts(db).all({ ...wish, posts });
}
