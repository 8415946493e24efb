import type { CommentSort } from '../../../libs/client/index.ts';
import type { ThreadCursor } from '../thread/thread.cursor.ts';
import { MOST_COMMENTS } from '../thread/thread.page.ts';
import { STEP } from '../thread/thread.schema.ts';
import type { PastSight } from './past-sight.ts';
import type { ThreadLife } from './thread-life.ts';
import type { ThreadState } from './thread-state.ts';

export interface PastThread {
  readonly life: ThreadLife;
  readonly past: ThreadState;
  readonly sight: PastSight;
}

export interface PastPageOptions {
  readonly sort: CommentSort;
  /** Top-level comments. */
  readonly limit: number;
  readonly cursor: ThreadCursor | null;
  /** Comments on the page; as many as on any page unless told. */
  readonly most?: number;
}

/** Places of the comments of one page of a moment, in the order and with the cursors that pages of the present have. */
export function pastPage(
  thread: PastThread,
  { sort, limit, cursor, most = MOST_COMMENTS }: PastPageOptions,
): { readonly places: readonly number[]; readonly next: ThreadCursor | null } {
  const roots = rootsOf(thread, sort);
  const score = (root: number): number => (sort === 'best' ? (thread.past.score[root] ?? 0) : 0);
  const pathOf = (place: number): Buffer => thread.life.comments[place]?.path ?? Buffer.alloc(0);
  const after = (place: number): ThreadCursor => ({ root: pathOf(place), score: score(place), inside: null });
  const unfinished = cursor?.inside ? roots.filter((root) => pathOf(root).equals(cursor.root)).slice(0, 1) : [];
  const waiting = cursor === null ? roots : roots.filter((root) => isBehind(thread, root, { sort, cursor }));
  const places: number[] = [];
  let last: ThreadCursor | null = cursor;
  for (const root of [...unfinished, ...waiting.slice(0, limit)]) {
    if (places.length >= most) return { places, next: last };
    const inside = unfinished.includes(root) ? (cursor?.inside ?? null) : null;
    const branch = branchOf(thread, root).filter((place) => inside === null || pathOf(place).compare(inside) > 0);
    const taken = branch.slice(0, most - places.length);
    places.push(...taken);
    const end = taken.at(-1);
    if (taken.length < branch.length && end !== undefined)
      return { places, next: { ...after(root), inside: pathOf(end) } };
    last = after(root);
  }
  return { places, next: waiting.length > limit ? last : null };
}

function rootsOf({ life, past, sight }: PastThread, sort: CommentSort): readonly number[] {
  const roots: number[] = [];
  for (let place = 0; place < life.comments.length; place += 1) {
    if (sight.shown[place] === 1 && life.comments[place]?.depth === 0) roots.push(place);
  }
  switch (sort) {
    case 'oldest':
      return roots;
    case 'newest':
      return roots.reverse();
    case 'best':
      return roots.sort((a, b) => (past.score[b] ?? 0) - (past.score[a] ?? 0) || a - b);
    default:
      return sort satisfies never;
  }
}

/** Whether a top-level comment comes after the one where the page before ended. */
function isBehind(
  { life, past }: PastThread,
  root: number,
  { sort, cursor }: { readonly sort: CommentSort; readonly cursor: ThreadCursor },
): boolean {
  const order = life.comments[root]?.path.compare(cursor.root) ?? 0;
  if (sort === 'newest') return order < 0;
  if (sort === 'oldest') return order > 0;
  const score = past.score[root] ?? 0;
  return score < cursor.score || (score === cursor.score && order > 0);
}

/** The comment with all below it that is shown: they follow it in the order of the thread's life. */
function branchOf({ life, sight }: PastThread, root: number): readonly number[] {
  const branch: number[] = [];
  for (let place = root; place < life.comments.length; place += 1) {
    const path = life.comments[place]?.path;
    if (path === undefined || (place > root && path.length === STEP)) break;
    if (sight.shown[place] === 1) branch.push(place);
  }
  return branch;
}
