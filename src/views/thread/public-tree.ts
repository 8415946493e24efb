import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow } from './thread.reads.ts';
import { C_PATH, numberIn, STEP } from './thread.schema.ts';

const branch = statement<CommentRow>(`
  SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS}
  WHERE c.post = (SELECT n FROM post WHERE id = @post) AND ${C_PATH} > @after AND c.shadow = 0
  ORDER BY ${C_PATH} LIMIT @limit`);
const counted = statement<{ readonly count: number }>(
  'SELECT coalesce(sum(visible), 0) AS count FROM post WHERE withdrawn = 0 AND publish_at <= @now',
);
const numbered = statement<{ readonly n: string }>('SELECT CAST(n AS TEXT) AS n FROM comment WHERE id = ?');

/** Before the first comment. */
export const TREE_START = Buffer.of(0);

/**
 * The places of a post that every reader finds, removed ones too, each before its answers and the oldest first; `after` is
 * the path of the last one had.
 */
export function publicTree(
  db: Database,
  wish: { readonly post: Buffer; readonly after: Buffer; readonly limit: number },
): readonly CommentRow[] {
  return branch(db).all(wish);
}

/** The number of the comment that this one answers; null at the top. */
export function parentNumber({ path }: Pick<CommentRow, 'path'>): string | null {
  return path.length === STEP ? null : String(numberIn(path.subarray(-2 * STEP, -STEP)));
}

/** The number of a comment by its id; null for an unknown one. */
export function numberOfComment(db: Database, id: Buffer): string | null {
  return numbered(db).get(id)?.n ?? null;
}

/** All comments that everybody can read. */
export function countPublicTrees(db: Database, now: number): number {
  return counted(db).get({ now })?.count ?? 0;
}
