import type { Database } from 'better-sqlite3';
import { type CommentSort, REACTION_KINDS, REACTION_WEIGHTS } from '../../../libs/words/index.ts';
import { fitting } from '../page-bounds.ts';
import type { FoldedPage, SeenThread } from './folded-shapes.ts';
import type { ThreadCursor } from './thread.cursor.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow, scoped } from './thread.reads.ts';
import { STATUS } from './thread.schema.ts';

/** There are MOST_FEATURED at most, so that all of them are read. */
const featuredOf = scoped<CommentRow>(
  (shown) => `SELECT ${COMMENT_COLUMNS} FROM featured JOIN comment c ON c.n = featured.comment ${COMMENT_JOINS}
    WHERE featured.post = @post AND c.status = ${STATUS.visible} AND ${shown} ORDER BY c.created_at, c.n`,
);

interface FeaturedWish {
  readonly sort: CommentSort;
  readonly cursor: ThreadCursor | null;
  readonly limit: number;
  readonly most: number;
}

export interface FeaturedPage extends FoldedPage {
  /** On all pages. */
  readonly total: number;
}

/**
 * The featured comments of a thread, each for itself, by their own time or their own reactions. A cursor names the comment
 * that the page before ends with.
 */
export function featuredPage(db: Database, { post, scope }: SeenThread, wish: FeaturedWish): FeaturedPage {
  const all = sorted(featuredOf(db, scope, { post: post.n }), wish.sort);
  const { cursor } = wish;
  const named = cursor === null ? -1 : all.findIndex(({ path }) => path.equals(cursor.inside ?? cursor.root));
  const size = Math.min(wish.limit, wish.most);
  const from = cursor?.isBefore ? Math.max(0, named - size) : named + 1;
  const room = all.slice(from, from + size);
  const rows = room.slice(0, fitting(room));
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows,
    folds: [],
    answers: new Map(),
    place: { from: 1, to: 0 },
    previous: from > 0 && first ? { ...placeOf(first), isBefore: true } : null,
    next: last && from + rows.length < all.length ? placeOf(last) : null,
    last: null,
    total: all.length,
  };
}

function placeOf({ path }: CommentRow): ThreadCursor {
  return { root: path, score: 0, inside: path };
}

function sorted(rows: readonly CommentRow[], sort: CommentSort): readonly CommentRow[] {
  switch (sort) {
    case 'oldest':
      return rows;
    case 'newest':
      return rows.toReversed();
    case 'best':
      return rows.toSorted((one, other) => scoreOf(other) - scoreOf(one));
    default:
      return sort satisfies never;
  }
}

function scoreOf(row: CommentRow): number {
  return REACTION_KINDS.reduce((sum, kind) => sum + (row[`r_${kind}`] ?? 0) * REACTION_WEIGHTS[kind], 0);
}
