import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import type { CommentSort } from '../../../libs/words/index.ts';
import type { Root } from './roots.ts';
import type { CommentRow } from './thread.reads.ts';
import { afterBranch, C_PATH, isPathAbove, PATH, STATUS } from './thread.schema.ts';

const READ = `shadow = 0 AND status = ${STATUS.visible}`;
const within = statement<{ count: number }>(
  `SELECT count(*) AS count FROM comment WHERE post = ? AND ${PATH} >= ? AND ${PATH} < ? AND ${READ}`,
);
/** Those in the conversations that have a score and stand on one side of a place. */
const scored = (behind: string) =>
  statement<{ count: number }>(`
    SELECT coalesce(sum((SELECT count(*) FROM comment WHERE post = @post AND ${READ}
      AND ${PATH} >= root.path AND ${PATH} < CAST(root.path || x'ff' AS BLOB))), 0) AS count
    FROM (SELECT ${C_PATH} AS path FROM comment c
      WHERE c.post = @post AND c.depth = 0 AND c.score <> 0 AND c.shadow = 0 AND ${behind}) root`);
const ofMore = scored('c.score > @score');
const ofLess = scored('c.score < @score');
const ofSameBefore = scored(`c.score = @score AND ${C_PATH} < @path`);
const ofSameFrom = scored(`c.score = @score AND ${C_PATH} >= @path`);
const likedFrom = scored(`c.score > 0 AND ${C_PATH} >= @path`);
const dislikedBefore = scored(`c.score < 0 AND ${C_PATH} < @path`);

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
      return visibleBeforeBest(db, post, root);
    default:
      return sort satisfies never;
  }
}

/** In the order of `best` those without a score stand as in the tree, so only the others are looked up one by one. */
function visibleBeforeBest(db: Database, post: number, { score, path }: Root): number {
  const count = (of: typeof ofMore): number => of(db).get({ post, score, path })?.count ?? 0;
  if (score > 0) return count(ofMore) + count(ofSameBefore);
  if (score < 0) return visibleWithin(db, post, { from: FIRST, end: END }) - count(ofLess) - count(ofSameFrom);
  return visibleWithin(db, post, { from: FIRST, end: path }) + count(likedFrom) - count(dislikedBefore);
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
