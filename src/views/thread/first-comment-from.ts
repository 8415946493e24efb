import { reading, VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { idText } from '../ids.ts';
import { GetFirstCommentFrom } from './thread.query-types.ts';
import { isThread, scoped, scopeOf, visiblePost } from './thread.reads.ts';
import { STATUS } from './thread.schema.ts';

/** Answers stand anywhere in the order of the tree, so all comments of the thread are looked at, without their texts. */
const firstFrom = scoped<{ id: Buffer }>(
  (shown) => `SELECT c.id FROM comment c
    WHERE c.post = @post AND c.created_at >= @from AND c.status = ${STATUS.visible} AND ${shown}
    ORDER BY c.created_at, c.n LIMIT 1`,
);

export const firstCommentQuery = answering(
  GetFirstCommentFrom,
  { views: VIEWS },
  ({ postId, from, viewer }, { views }) =>
    reading(views.db('thread'), (db) => {
      if (!isThread(db, postId)) return null;
      const post = visiblePost(db, postId, viewer);
      const [found] = firstFrom(db, scopeOf(db, post, viewer), { post: post.n, from });
      return found === undefined ? null : idText(found.id);
    }),
);
