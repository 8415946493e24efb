import type { Database } from 'better-sqlite3';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { idText } from '../ids.ts';
import { GetFirstCommentFrom } from './thread.query-types.ts';
import { isThread, type PostRow, type Scope, scoped, scopeOf, visiblePost } from './thread.reads.ts';
import { C_PATH, numberIn, pathStep, STATUS, STEP } from './thread.schema.ts';

/**
 * Answers stand anywhere in the order of the tree, so all comments of the thread are looked at, in the index alone: the
 * last step of a path is the comment's own time and number.
 */
const firstFrom = scoped<{ step: Buffer | null }>(
  (shown) => `SELECT min(substr(${C_PATH}, -${STEP})) AS step FROM comment c
    WHERE c.post = @post AND substr(${C_PATH}, -${STEP}) >= @from AND c.status = ${STATUS.visible} AND ${shown}`,
);
const idOf = statement<{ id: Buffer }>('SELECT id FROM comment WHERE n = ?');

export const firstCommentQuery = answering(
  GetFirstCommentFrom,
  { views: VIEWS },
  ({ postId, from, viewer }, { views }) =>
    reading(views.db('thread'), (db) => {
      if (!isThread(db, postId)) return null;
      const post = visiblePost(db, postId, viewer);
      return firstCommentFrom(db, { post, scope: scopeOf(db, post, viewer) }, from);
    }),
);

/**
 * The id of the first visible comment by time, from a moment on (milliseconds since 1970); null where there is none. What
 * members see of their own besides is held, so that readers find the same one.
 */
export function firstCommentFrom(
  db: Database,
  { post, scope }: { readonly post: PostRow; readonly scope: Scope },
  from: number,
): string | null {
  const sees = scope.sees === 'all' ? 'all' : 'reader';
  const [first] = firstFrom(db, { sees }, { post: post.n, from: pathStep(from, 0n) });
  const found = first?.step ? idOf(db).get(numberIn(first.step)) : undefined;
  return found === undefined ? null : idText(found.id);
}
