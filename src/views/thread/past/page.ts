import type { CommentSort } from '../../../../libs/words/index.ts';
import type { ThreadCursor } from '../thread.cursor.ts';
import { MOST_COMMENTS } from '../thread.page.ts';
import { STEP } from '../thread.schema.ts';
import type { ThreadLife } from './life.ts';
import type { PastSight } from './sight.ts';
import type { ThreadState } from './state.ts';

export interface ThreadAtMoment {
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
  /** A page that goes on inside a conversation begins with the comments above its first one. */
  readonly withAbove?: boolean;
  /** The cursor may be of another moment: from behind the end it leads to the last page. */
  readonly anyMoment?: boolean;
}

export interface PastPlaces {
  /** In the order of reading; what stands above the first one comes first. */
  readonly places: readonly number[];
  /** How many of them stand above. */
  readonly above: number;
  readonly previous: ThreadCursor | null;
  readonly next: ThreadCursor | null;
}

/** A comment in the order of reading, with its top-level comment. */
interface Read {
  readonly place: number;
  readonly root: number;
}

/** Places of the comments of one page of a moment, in the order and with the cursors that pages of the present have. */
export function pastPage(thread: ThreadAtMoment, options: PastPageOptions): PastPlaces {
  const line = lineOf(thread, options.sort);
  const { cursor } = options;
  const at = line.findIndex((read) => cursor === null || isBehind(thread, read, { sort: options.sort, cursor }));
  const reached = at === -1 ? line.length : at;
  const isBefore = cursor?.isBefore || (options.anyMoment && reached === line.length);
  const from = isBefore ? beginOf(thread, line.slice(0, reached), options) : reached;
  // Where the page before reaches the beginning, it is the first page as it always is.
  const until = isBefore && from > 0 ? reached : endOf(thread, line, { ...options, from });
  return between(thread, line, { ...options, from, until });
}

/** All that is shown: top-level comments by sort, each with its answers, depth-first, oldest first. */
function lineOf(thread: ThreadAtMoment, sort: CommentSort): readonly Read[] {
  return rootsOf(thread, sort).flatMap((root) => branchOf(thread, root).map((place) => ({ place, root })));
}

function between(
  thread: ThreadAtMoment,
  line: readonly Read[],
  { sort, from, until, withAbove = false }: PastPageOptions & { readonly from: number; readonly until: number },
): PastPlaces {
  const [first, last, next] = [line[from], line[until - 1], line[until]];
  const placeOf = ({ root }: Read): ThreadCursor => ({
    root: pathOf(thread, root),
    score: sort === 'best' ? (thread.past.score[root] ?? 0) : 0,
    inside: null,
  });
  const inside = (read: Read): Buffer | null => (read.place === read.root ? null : pathOf(thread, read.place));
  const goesOn = last !== undefined && last.root === next?.root;
  const above = withAbove && first ? aboveOf(thread, first.place) : [];
  return {
    places: [...above, ...line.slice(from, until).map(({ place }) => place)],
    above: above.length,
    previous: from === 0 || !first ? null : { ...placeOf(first), inside: inside(first), isBefore: true },
    next: !last || !next ? null : { ...placeOf(last), inside: goesOn ? pathOf(thread, last.place) : null },
  };
}

/** Where a page that begins there ends. */
function endOf(
  thread: ThreadAtMoment,
  line: readonly Read[],
  {
    from,
    limit,
    most = MOST_COMMENTS,
    withAbove = false,
  }: Pick<PastPageOptions, 'limit' | 'most' | 'withAbove'> & { readonly from: number },
): number {
  const first = line[from];
  const above = withAbove && first ? aboveOf(thread, first.place).length : 0;
  let [end, roots] = [from, 0];
  while (end < line.length && end - from < Math.max(1, most - above)) {
    const read = line[end];
    if (read?.place === read?.root && ++roots > limit) break;
    end += 1;
  }
  return end;
}

/** Where a page that ends with the last of these begins. */
function beginOf(
  thread: ThreadAtMoment,
  line: readonly Read[],
  { limit, most = MOST_COMMENTS, withAbove = false }: PastPageOptions,
): number {
  let [begin, roots] = [line.length, 0];
  while (begin > 0 && line.length - begin < most) {
    const read = line[begin - 1];
    if (read?.place === read?.root && ++roots > limit) break;
    begin -= 1;
  }
  const above = (): number => aboveOf(thread, line[begin]?.place ?? 0).length;
  while (withAbove && begin < line.length - 1 && line.length - begin + above() > most) begin += 1;
  return begin;
}

/** The comments that an answer stands below, from the top. */
function aboveOf({ life }: ThreadAtMoment, place: number): readonly number[] {
  const above: number[] = [];
  for (let at = life.comments[place]?.parent ?? -1; at !== -1; at = life.comments[at]?.parent ?? -1) above.unshift(at);
  return above;
}

function pathOf({ life }: ThreadAtMoment, place: number): Buffer {
  return life.comments[place]?.path ?? Buffer.alloc(0);
}

function rootsOf({ life, past, sight }: ThreadAtMoment, sort: CommentSort): readonly number[] {
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

/** Whether a comment comes after what the cursor names; the one that a page ends before is not on that page either. */
function isBehind(
  thread: ThreadAtMoment,
  { place, root }: Read,
  { sort, cursor }: { readonly sort: CommentSort; readonly cursor: ThreadCursor },
): boolean {
  const order = pathOf(thread, root).compare(cursor.root);
  if (order === 0) {
    if (cursor.inside === null) return cursor.isBefore === true;
    const path = pathOf(thread, place).compare(cursor.inside);
    return cursor.isBefore ? path >= 0 : path > 0;
  }
  if (sort === 'newest') return order < 0;
  if (sort === 'oldest') return order > 0;
  const score = thread.past.score[root] ?? 0;
  return score < cursor.score || (score === cursor.score && order > 0);
}

/** The comment with all below it that is shown: they follow it in the order of the thread's life. */
function branchOf({ life, sight }: ThreadAtMoment, root: number): readonly number[] {
  const branch: number[] = [];
  for (let place = root; place < life.comments.length; place += 1) {
    const path = life.comments[place]?.path;
    if (path === undefined || (place > root && path.length === STEP)) break;
    if (sight.shown[place] === 1) branch.push(place);
  }
  return branch;
}
