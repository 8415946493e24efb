import type { Database } from 'better-sqlite3';
import type { CommentSort } from '../../../libs/words/index.ts';
import { type Root, rootsAfter } from './roots.ts';
import type { ThreadCursor } from './thread.cursor.ts';
import { type CommentRow, type PostRow, type Scope, scoped } from './thread.reads.ts';
import { afterBranch, C_PATH } from './thread.schema.ts';

/** Answers that are folded are counted up to here, so that a page costs what it shows and not what it leaves out. */
export const MOST_COUNTED = 500;

/** How much of a discussion a page shows. */
export interface FoldedSize {
  /** Conversations, each a top-level comment with its answers. */
  readonly limit: number;
  /** Comments at all depths. */
  readonly most: number;
  /** Answers of one conversation; what it has beyond them is folded. */
  readonly answers: number;
}

export interface FoldedWish extends FoldedSize {
  readonly sort: CommentSort;
  readonly cursor: ThreadCursor | null;
}

/** The part of a conversation that a page leaves out; it begins with `first`. */
export interface FoldedRest {
  readonly root: CommentRow;
  readonly first: CommentRow;
  readonly cursor: ThreadCursor;
  /** MOST_COUNTED and one more stand for more than that. */
  readonly count: number;
}

/** The visible comments that a page stands for, folded ones included, numbered from 1 in the order of reading. */
export interface PagePlace {
  readonly from: number;
  readonly to: number;
}

export interface FoldedPage {
  /** In tree order. */
  readonly rows: readonly CommentRow[];
  readonly folds: readonly FoldedRest[];
  readonly previous: ThreadCursor | null;
  readonly next: ThreadCursor | null;
  /** Null where nothing follows. */
  readonly last: ThreadCursor | null;
  /** Visible answers at all depths below those comments whose answers are not all on the page. */
  readonly answers: ReadonlyMap<CommentRow, number>;
  readonly place: PagePlace;
  /** Of a page that goes on inside a conversation: the page that begins with it, null for the first one. Else undefined. */
  readonly whole?: ThreadCursor | null;
}

export interface SeenThread {
  readonly post: PostRow;
  readonly scope: Scope;
}

export interface Sorted<R = Root> {
  readonly sort: CommentSort;
  readonly root: R;
}

const rest = scoped<{ count: number }>(
  (shown) => `SELECT count(*) AS count FROM (
    SELECT 1 FROM comment c WHERE c.post = @post AND ${C_PATH} > @from AND ${C_PATH} < @end AND ${shown} LIMIT @limit)`,
);

export function restOf(
  db: Database,
  { post, scope }: SeenThread,
  {
    top,
    first,
    score,
    shown,
  }: {
    readonly top: CommentRow;
    readonly first: CommentRow;
    readonly score: number;
    readonly shown: readonly CommentRow[];
  },
): FoldedRest {
  const from = shown.at(-1)?.path ?? top.path;
  const values = { post: post.n, from, end: afterBranch(top.path), limit: MOST_COUNTED + 1 };
  const count = rest(db, scope, values)[0]?.count ?? 0;
  return { root: top, first, cursor: { root: top.path, score, inside: from }, count };
}

export function placeOf({ path, score }: Root): ThreadCursor {
  return { root: path, score, inside: null };
}

/** The page that begins behind a top-level comment; null when nothing does. */
export function nextAfter(db: Database, thread: SeenThread, { sort, root }: Sorted): ThreadCursor | null {
  const [next] = rootsAfter(db, thread, { sort, place: placeOf(root), limit: 1 });
  return next ? placeOf(root) : null;
}
