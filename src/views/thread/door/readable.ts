import { reading, statement, type Views } from '../../../../libs/projections/index.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow } from '../thread.reads.ts';
import { STATUS } from '../thread.schema.ts';

export type ReadableComment = CommentRow;

/** What a search shows of a comment. */
export type FoundComment = Pick<
  CommentRow,
  'id' | 'author' | 'created_at' | 'edited_at' | 'position' | 'posted' | 'sealed' | 'byline' | 'language'
>;

const VISIBLE = `c.id = @id AND c.status = ${STATUS.visible} AND c.shadow = 0`;
const READABLE = `${VISIBLE} AND post.withdrawn = 0 AND post.publish_at <= @now`;

const readable = statement<CommentRow>(`
  SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS}
  WHERE ${READABLE}`);
const found = statement<FoundComment>(`
  SELECT c.id, author.id AS author, c.created_at, c.edited_at, CAST(coalesce(c.position, c.n) AS TEXT) AS position,
    CAST(c.n AS TEXT) AS posted, c.sealed, c.byline, c.language
  FROM comment c LEFT JOIN author ON author.n = c.author WHERE ${VISIBLE}`);

/** The comment that everybody can read now; undefined for every other one. */
export function readableComment(views: Pick<Views, 'db'>, id: Buffer, now: number): CommentRow | undefined {
  return readable(views.db('thread')).get({ id, now });
}

/**
 * The same of posts that everybody can read now, of which nothing else is read: a search asks for twenty, and to begin and end a look
 * at the file takes as long as a row. By their ids in hex; all others are left out.
 */
export function foundComments(views: Pick<Views, 'db'>, ids: readonly string[]): ReadonlyMap<string, FoundComment> {
  const rows = new Map<string, FoundComment>();
  if (ids.length === 0) return rows;
  return reading(views.db('thread'), (db) => {
    for (const id of ids) {
      const row = found(db).get({ id: Buffer.from(id, 'hex') });
      if (row) rows.set(id, row);
    }
    return rows;
  });
}
