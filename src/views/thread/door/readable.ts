import { statement, type Views } from '../../../../libs/projections/index.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow } from '../thread.reads.ts';
import { STATUS } from '../thread.schema.ts';

export type ReadableComment = CommentRow;

const readable = statement<CommentRow>(`
  SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS}
  WHERE c.id = @id AND c.status = ${STATUS.visible} AND c.shadow = 0 AND post.withdrawn = 0 AND post.publish_at <= @now`);

/** The comment that everybody can read now; undefined for every other one. */
export function readableComment(views: Pick<Views, 'db'>, id: Buffer, now: number): CommentRow | undefined {
  return readable(views.db('thread')).get({ id, now });
}
