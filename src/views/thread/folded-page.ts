import type { Database } from 'better-sqlite3';
import type { CommentSort } from '../../../libs/words/index.ts';
import { fitting } from '../page-bounds.ts';
import { Filling } from './filling.ts';
import { type FoldedPage, type FoldedWish, nextAfter, placeOf, type SeenThread, type Sorted } from './folded-shapes.ts';
import { insidePage } from './inside-page.ts';
import { cursorBefore, END, type Root, rootsAfter, rootsBefore } from './roots.ts';
import type { ThreadCursor } from './thread.cursor.ts';
import type { CommentRow } from './thread.reads.ts';
import { isPathAbove } from './thread.schema.ts';
import { above, countsAsVisible, visibleBefore, visibleBelow } from './visible-counts.ts';

/**
 * One page of a discussion in tree order: top-level comments by sort, each with its first answers. What a conversation has
 * beyond them is folded, and has pages of its own, which begin with the comments above it.
 */
export function foldedPage(db: Database, thread: SeenThread, wish: FoldedWish): FoldedPage {
  const page = pageOf(db, thread, wish);
  const most = fitting(page.rows);
  return most < page.rows.length ? pageOf(db, thread, { ...wish, most }) : page;
}

function pageOf(db: Database, thread: SeenThread, wish: FoldedWish): FoldedPage {
  const { cursor } = wish;
  if (cursor?.inside) {
    const whole = cursorBefore(db, thread, { sort: wish.sort, root: { path: cursor.root, score: cursor.score } });
    const inside = insidePage(db, thread, { ...wish, whole, cursor: { ...cursor, inside: cursor.inside } });
    return inside ?? pageAfter(db, thread, { ...wish, cursor: whole });
  }
  return cursor?.isBefore ? pageBefore(db, thread, { ...wish, cursor }) : pageAfter(db, thread, wish);
}

function pageAfter(db: Database, thread: SeenThread, wish: FoldedWish): FoldedPage {
  const { sort, cursor, limit } = wish;
  const roots = rootsAfter(db, thread, { sort, place: cursor, limit: limit + 1 });
  const filling = new Filling(db, thread, wish);
  const left = roots.slice(0, limit).findIndex((root) => !filling.take(root));
  const taken = left === -1 ? Math.min(limit, roots.length) : left;
  const [first, last] = [roots[0], roots[taken - 1]];
  if (taken === roots.length) filling.useUp();
  const isFirst = cursor === null || first === undefined || !hasBefore(db, thread, { sort, root: first });
  return wholePage(db, thread, {
    sort,
    root: first,
    rows: filling.conversations.flat(),
    folds: filling.folds(),
    previous: isFirst ? null : { ...placeOf(first), isBefore: true },
    next: roots.length > taken && last ? placeOf(last) : null,
  });
}

/**
 * The page before a top-level comment: where that is the beginning, the first page as it always is. Should that end before it
 * comes here, no conversation is cut for room: then this page has one less, and the first page stands before it.
 */
function pageBefore(
  db: Database,
  thread: SeenThread,
  wish: FoldedWish & { readonly cursor: ThreadCursor },
): FoldedPage {
  const { sort, cursor, limit } = wish;
  const roots = rootsBefore(db, thread, { sort, place: cursor, limit: limit + 1 });
  const [last] = roots;
  const cut = filledBackwards(db, thread, { ...wish, roots, cuts: true });
  if (cut.taken < roots.length && last) return pageUpTo(db, thread, { ...cut, sort, roots, last });
  const first = pageAfter(db, thread, { ...wish, cursor: null });
  if (!last || first.rows.some(({ path }) => path.equals(last.path))) return first;
  return pageUpTo(db, thread, { ...filledBackwards(db, thread, { ...wish, roots, cuts: false }), sort, roots, last });
}

interface Filled {
  readonly filling: Filling;
  /** How many of the conversations it has taken. */
  readonly taken: number;
}

function filledBackwards(
  db: Database,
  thread: SeenThread,
  { roots, cuts, ...wish }: FoldedWish & { readonly roots: readonly Root[]; readonly cuts: boolean },
): Filled {
  const filling = new Filling(db, thread, wish);
  const nearest = roots.slice(0, wish.limit);
  const left = nearest.findIndex((root) => !(cuts ? filling.take(root) : filling.takeWhole(root)));
  return { filling, taken: left === -1 ? nearest.length : left };
}

/** A page of what was filled backwards. */
function pageUpTo(
  db: Database,
  thread: SeenThread,
  {
    filling,
    taken,
    sort,
    roots,
    last,
  }: Filled & { readonly sort: CommentSort; readonly roots: readonly Root[]; readonly last: Root },
): FoldedPage {
  const first = roots[taken - 1] ?? last;
  return wholePage(db, thread, {
    sort,
    root: first,
    rows: filling.conversations.toReversed().flat(),
    folds: filling.folds(),
    previous: { ...placeOf(first), isBefore: true },
    next: nextAfter(db, thread, { sort, root: last }),
  });
}

/** A page of whole conversations, with what is counted of them. */
function wholePage(
  db: Database,
  { post }: SeenThread,
  { sort, root, ...page }: Pick<FoldedPage, 'rows' | 'folds' | 'previous' | 'next'> & Sorted<Root | undefined>,
): FoldedPage {
  const cut = page.folds.flatMap(({ first }) => above(page.rows, first.path));
  const answers = visibleBelow(db, post.n, cut);
  const before = root === undefined || page.previous === null ? 0 : visibleBefore(db, post.n, { sort, root });
  const isCut = ({ path }: CommentRow): boolean => page.folds.some(({ root: top }) => isPathAbove(top.path, path));
  const counted = page.rows.filter((row) => !isCut(row));
  const visible = counted.reduce((sum, row) => sum + Number(countsAsVisible(row)) + (answers.get(row) ?? 0), 0);
  return { ...page, answers, place: { from: before + 1, to: before + visible }, last: page.next && END[sort] };
}

function hasBefore(db: Database, thread: SeenThread, at: { readonly sort: CommentSort; readonly root: Root }): boolean {
  return cursorBefore(db, thread, at) !== null;
}
