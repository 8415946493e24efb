import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { idBytes, idText } from '../ids.ts';

/** A comment, whether anybody sees it or not; `at` in milliseconds since 1970. */
export interface CommentUnder {
  readonly commentId: string;
  readonly at: number;
}

const ofPost = statement<{ readonly id: Buffer; readonly at: number }>(
  'SELECT c.id, c.created_at AS at FROM comment c JOIN post p ON p.n = c.post WHERE p.id = ? ORDER BY c.n',
);

/** All comments under a post, one by one, since it may have any number. */
export function* wholeDiscussion(db: Database, postId: string): Iterable<CommentUnder> {
  for (const { id, at } of ofPost(db).iterate(idBytes(postId))) yield { commentId: idText(id), at };
}
