import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import type { CommentSort } from '../../../libs/words/index.ts';
import type { Root } from './thread.page.ts';
import type { CommentRow } from './thread.reads.ts';
import { afterBranch, isPathAbove, STATUS } from './thread.schema.ts';

const READ = `shadow = 0 AND status = ${STATUS.visible}`;
const within = statement<{ count: number }>(
  `SELECT count(*) AS count FROM comment WHERE post = ? AND path >= ? AND path < ? AND ${READ}`,
);
const belowBetter = statement<{ count: number }>(`
  WITH better AS (
    SELECT path FROM comment WHERE post = @post AND depth = 0 AND shadow = 0 AND score > @score
    UNION ALL
    SELECT path FROM comment WHERE post = @post AND depth = 0 AND shadow = 0 AND score = @score AND path < @path)
  SELECT count(*) AS count FROM comment
  WHERE post = @post AND ${READ} AND substr(path, 1, 16) IN (SELECT path FROM better)`);

const FIRST = Buffer.of(0);
const END = Buffer.of(0xff);

/** Comments of a post that everybody can read, from a path to before another; they are counted in an index. */
export function visibleWithin(
  db: Database,
  post: number,
  { from, end }: { readonly from: Buffer; readonly end: Buffer },
): number {
  return within(db).get(post, from, end)?.count ?? 0;
}

/** How many of them stand in the conversations before this one. */
export function visibleBefore(db: Database, post: number, { sort, root }: { sort: CommentSort; root: Root }): number {
  switch (sort) {
    case 'oldest':
      return visibleWithin(db, post, { from: FIRST, end: root.path });
    case 'newest':
      return visibleWithin(db, post, { from: afterBranch(root.path), end: END });
    case 'best':
      return belowBetter(db).get({ post, score: root.score, path: root.path })?.count ?? 0;
    default:
      return sort satisfies never;
  }
}

/** How many of them stand below each of these comments. None is counted twice, however these stand in one another. */
export function visibleBelow(
  db: Database,
  post: number,
  comments: readonly CommentRow[],
): ReadonlyMap<CommentRow, number> {
  const edges = comments.flatMap(({ path }) => [path, afterBranch(path)]).sort(Buffer.compare);
  const upTo = new Map<string, number>();
  let [counted, from] = [0, edges[0]];
  for (const edge of edges) {
    if (from !== undefined) counted += visibleWithin(db, post, { from, end: edge });
    upTo.set(edge.toString('hex'), counted);
    from = edge;
  }
  const at = (path: Buffer): number => upTo.get(path.toString('hex')) ?? 0;
  return new Map(comments.map((row) => [row, at(afterBranch(row.path)) - at(row.path) - Number(countsAsVisible(row))]));
}

/** Those of them that stand above a place, which need not be theirs. */
export function above(comments: readonly CommentRow[], path: Buffer): readonly CommentRow[] {
  return comments.filter((row) => isPathAbove(row.path, path));
}

export function countsAsVisible({ shadow, status }: Pick<CommentRow, 'shadow' | 'status'>): boolean {
  return shadow === 0 && status === STATUS.visible;
}
