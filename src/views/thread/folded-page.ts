import type { Database } from 'better-sqlite3';
import type { CommentSort } from '../../../libs/words/index.ts';
import { fitting } from '../page-bounds.ts';
import type { ThreadCursor } from './thread.cursor.ts';
import { branch, cursorBefore, type Root, rightAfter, rootsAfter, rootsBefore } from './thread.page.ts';
import { COMMENT_COLUMNS, COMMENT_JOINS, type CommentRow, type PostRow, type Scope, scoped } from './thread.reads.ts';
import { afterBranch, pathsAbove } from './thread.schema.ts';

/** The most folded answers that are counted, so that a page costs what it shows and not what it leaves out. */
export const MOST_COUNTED = 500;

/** The limits of a page of a discussion. */
export interface FoldedSize {
  /** Conversations, each a top-level comment with its answers. */
  readonly limit: number;
  /** Comments at all depths. */
  readonly most: number;
  /** Answers of one conversation; further ones are folded. */
  readonly answers: number;
}

export interface FoldedWish extends FoldedSize {
  readonly sort: CommentSort;
  readonly cursor: ThreadCursor | null;
}

/** The rest of a conversation, which a page leaves out; it begins with `first`. */
export interface FoldedRest {
  readonly root: CommentRow;
  readonly first: CommentRow;
  readonly cursor: ThreadCursor;
  /** MOST_COUNTED plus one means more than that. */
  readonly count: number;
}

export interface FoldedPage {
  /** In tree order. */
  readonly rows: readonly CommentRow[];
  readonly folds: readonly FoldedRest[];
  readonly previous: ThreadCursor | null;
  readonly next: ThreadCursor | null;
  /**
   * On a page inside a conversation: the cursor of the page that begins with the conversation, null for the first page.
   * Otherwise undefined.
   */
  readonly whole?: ThreadCursor | null;
}

interface Thread {
  readonly post: PostRow;
  readonly scope: Scope;
}

const rest = scoped<{ count: number }>(
  (shown) => `SELECT count(*) AS count FROM (
    SELECT 1 FROM comment c WHERE c.post = @post AND c.path > @from AND c.path < @end AND ${shown} LIMIT @limit)`,
);
const above = scoped<CommentRow>(
  (shown) => `SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS}
    WHERE c.post = @post AND c.path IN (SELECT unhex(value) FROM json_each(@paths)) AND ${shown} ORDER BY c.path`,
);
const pathsBefore = scoped<{ path: Buffer }>(
  (shown) => `SELECT c.path FROM comment c
    WHERE c.post = @post AND c.path >= @root AND c.path <= @path AND ${shown} ORDER BY c.path DESC LIMIT @limit`,
);

/**
 * One page of a discussion in tree order: top-level comments by sort, each with its first answers. Further answers of a
 * conversation are folded, and have pages of their own, which begin with the comments above them.
 */
export function foldedPage(db: Database, thread: Thread, wish: FoldedWish): FoldedPage {
  const page = pageOf(db, thread, wish);
  const most = fitting(page.rows);
  return most < page.rows.length ? pageOf(db, thread, { ...wish, most }) : page;
}

function pageOf(db: Database, thread: Thread, wish: FoldedWish): FoldedPage {
  const { cursor } = wish;
  if (cursor?.inside) return insidePage(db, thread, { ...wish, cursor: { ...cursor, inside: cursor.inside } });
  return cursor?.isBefore ? pageBefore(db, thread, { ...wish, cursor }) : pageAfter(db, thread, wish);
}

/** A page that takes conversations as long as they fit. */
class Filling {
  readonly #db: Database;
  readonly #thread: Thread;
  readonly #wish: FoldedSize;
  readonly #open: { readonly root: Root; shown: readonly CommentRow[]; next: CommentRow | undefined }[] = [];
  #count = 0;

  constructor(db: Database, thread: Thread, wish: FoldedSize) {
    this.#db = db;
    this.#thread = thread;
    this.#wish = wish;
  }

  /** False when there is no room for this conversation. The first one always fits. */
  take(root: Root): boolean {
    const { most, answers } = this.#wish;
    const room = Math.min(most, 1 + answers);
    const end = afterBranch(root.path);
    const found = branch(this.#db, this.#thread.scope, {
      post: this.#thread.post.n,
      from: root.path,
      end,
      limit: room + 1,
    });
    const shown = found.slice(0, room);
    if (this.#count > 0 && this.#count + shown.length > most) return false;
    this.#count += shown.length;
    this.#open.push({ root, shown, next: found[room] });
    return true;
  }

  /** The room that no other conversation needs goes to those that were cut short. */
  useUp(): void {
    for (const one of this.#open) {
      const room = this.#wish.most - this.#count;
      const last = one.shown.at(-1);
      if (room <= 0 || !one.next || !last) continue;
      const values = { post: this.#thread.post.n, from: rightAfter(last.path), end: afterBranch(one.root.path) };
      const found = branch(this.#db, this.#thread.scope, { ...values, limit: room + 1 });
      one.shown = [...one.shown, ...found.slice(0, room)];
      one.next = found[room];
      this.#count += Math.min(room, found.length);
    }
  }

  get conversations(): readonly (readonly CommentRow[])[] {
    return this.#open.map(({ shown }) => shown);
  }

  folds(): readonly FoldedRest[] {
    return this.#open.flatMap(({ root, shown, next }) => {
      const [top] = shown;
      return top && next ? [restOf(this.#db, this.#thread, { top, first: next, score: root.score, shown })] : [];
    });
  }
}

function pageAfter(db: Database, thread: Thread, wish: FoldedWish): FoldedPage {
  const { sort, cursor, limit } = wish;
  const roots = rootsAfter(db, thread, { sort, place: cursor, limit: limit + 1 });
  const filling = new Filling(db, thread, wish);
  const left = roots.slice(0, limit).findIndex((root) => !filling.take(root));
  const taken = left === -1 ? Math.min(limit, roots.length) : left;
  const [first, last] = [roots[0], roots[taken - 1]];
  if (taken === roots.length) filling.useUp();
  const isFirst = cursor === null || first === undefined || !hasBefore(db, thread, { sort, root: first });
  return {
    rows: filling.conversations.flat(),
    folds: filling.folds(),
    previous: isFirst ? null : { ...placeOf(first), isBefore: true },
    next: roots.length > taken && last ? placeOf(last) : null,
  };
}

/** The page before a top-level comment; at the beginning it is the usual first page. */
function pageBefore(db: Database, thread: Thread, wish: FoldedWish & { readonly cursor: ThreadCursor }): FoldedPage {
  const { sort, cursor, limit } = wish;
  const roots = rootsBefore(db, thread, { sort, place: cursor, limit: limit + 1 });
  const filling = new Filling(db, thread, wish);
  const left = roots.slice(0, limit).findIndex((root) => !filling.take(root));
  const taken = left === -1 ? Math.min(limit, roots.length) : left;
  const [first, last] = [roots[taken - 1], roots[0]];
  if (taken === roots.length || !first || !last) return pageAfter(db, thread, { ...wish, cursor: null });
  return {
    rows: filling.conversations.toReversed().flat(),
    folds: filling.folds(),
    previous: { ...placeOf(first), isBefore: true },
    next: placeOf(last),
  };
}

/** The comments after one inside a conversation, below the comments that stand above it. */
function insidePage(
  db: Database,
  thread: Thread,
  wish: FoldedWish & { readonly cursor: ThreadCursor & { readonly inside: Buffer } },
): FoldedPage {
  const { sort, cursor, most } = wish;
  const { root: path, score, inside } = cursor;
  const values = { post: thread.post.n, from: rightAfter(inside), end: afterBranch(path), limit: most + 1 };
  const found = branch(db, thread.scope, values);
  const whole = cursorBefore(db, thread, { sort, root: { path, score } });
  const [first] = found;
  if (!first) return pageAfter(db, thread, { ...wish, cursor: whole });
  const leading = above(db, thread.scope, { post: thread.post.n, paths: JSON.stringify(pathsAbove(first.path)) });
  const shown = found.slice(0, Math.max(1, most - leading.length));
  const [top, next] = [leading[0], found[shown.length]];
  return {
    rows: [...leading, ...shown],
    folds: top && next ? [restOf(db, thread, { top, first: next, score, shown })] : [],
    previous: partBefore(db, thread, wish),
    next: null,
    whole,
  };
}

/** The cursor of the part before; null when the discussion's own page shows it. */
function partBefore(
  db: Database,
  thread: Thread,
  {
    cursor,
    most,
    answers,
  }: FoldedSize & { readonly cursor: Pick<ThreadCursor, 'root' | 'score'> & { readonly inside: Buffer } },
): ThreadCursor | null {
  const { root, score, inside: path } = cursor;
  const paths = pathsBefore(db, thread.scope, { post: thread.post.n, root, path, limit: most + 1 });
  return paths.length <= 1 + answers ? null : { root, score, inside: paths[most]?.path ?? root };
}

function restOf(
  db: Database,
  { post, scope }: Thread,
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

function hasBefore(db: Database, thread: Thread, at: { readonly sort: CommentSort; readonly root: Root }): boolean {
  return cursorBefore(db, thread, at) !== null;
}

function placeOf({ path, score }: Root): ThreadCursor {
  return { root: path, score, inside: null };
}
