import type { CommentSort } from '../../../../libs/words/index.ts';
import type { PagePlace } from '../folded-shapes.ts';
import type { ThreadCursor } from '../thread.cursor.ts';
import { MOST_COMMENTS } from '../thread.page.ts';
import { numberIn, STATUS } from '../thread.schema.ts';
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
  /** Visible answers at all depths below those places whose answers are not all on the page. */
  readonly answers: ReadonlyMap<number, number>;
  /** The page's visible comments, numbered from 1 in the order of reading. */
  readonly span: PagePlace;
}

/** All that is shown, in the order of reading: the place of each, and that of its top-level comment. */
interface Line {
  readonly places: Int32Array;
  readonly roots: Int32Array;
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
  const reached = cursor === null ? 0 : reachedAt(thread, line, { sort: options.sort, cursor });
  const isBefore = cursor?.isBefore || (options.anyMoment && reached === line.places.length);
  const from = isBefore ? beginOf(thread, line, { ...options, until: reached }) : reached;
  // Where the page before reaches the beginning, it is the first page as it always is.
  const until = isBefore && from > 0 ? reached : endOf(thread, line, { ...options, from });
  return between(thread, line, { ...options, from, until });
}

/** Undefined beyond both ends. */
function readAt({ places, roots }: Line, at: number): Read | undefined {
  const [place, root] = [places[at], roots[at]];
  return place === undefined || root === undefined ? undefined : { place, root };
}

/** Top-level comments by sort, each with its answers, depth-first, oldest first. */
function lineOf(thread: ThreadAtMoment, sort: CommentSort): Line {
  const { order, comments } = thread.life;
  const { shown, total } = thread.sight;
  const line = { places: new Int32Array(total), roots: new Int32Array(total) };
  let written = 0;
  for (const start of rootsOf(thread, sort)) {
    const root = order[start] ?? -1;
    for (let at = start; at < order.length; at += 1) {
      const place = order[at] ?? -1;
      if (at > start && comments.depths[place] === 0) break;
      if (shown[place] !== 1) continue;
      line.places[written] = place;
      line.roots[written] = root;
      written += 1;
    }
  }
  return { places: line.places.subarray(0, written), roots: line.roots.subarray(0, written) };
}

function between(
  thread: ThreadAtMoment,
  line: Line,
  { sort, from, until, withAbove = false }: PastPageOptions & { readonly from: number; readonly until: number },
): PastPlaces {
  const [first, last, next] = [readAt(line, from), readAt(line, until - 1), readAt(line, until)];
  const { comments } = thread.life;
  const placeOf = ({ root }: Read): ThreadCursor => ({
    root: comments.pathOf(root),
    score: sort === 'best' ? (thread.past.score[root] ?? 0) : 0,
    inside: null,
  });
  const inside = (read: Read): Buffer | null => (read.place === read.root ? null : comments.pathOf(read.place));
  const goesOn = last !== undefined && last.root === next?.root;
  const above = withAbove && first ? comments.above(first.place) : [];
  return {
    places: [...above, ...line.places.subarray(from, until)],
    above: above.length,
    previous: from === 0 || !first ? null : { ...placeOf(first), inside: inside(first), isBefore: true },
    next: !last || !next ? null : { ...placeOf(last), inside: goesOn ? comments.pathOf(last.place) : null },
    ...countedOn(thread, line, { from, until, open: [...above, ...(goesOn ? comments.above(next.place) : [])] }),
  };
}

/** The counts of a page and of the part beyond it. */
function countedOn(
  { life: { comments }, past, sight }: ThreadAtMoment,
  { places }: Line,
  { from, until, open }: { readonly from: number; readonly until: number; readonly open: readonly number[] },
): Pick<PastPlaces, 'answers' | 'span'> {
  const isVisible = (place: number): boolean => sight.status[place] === STATUS.visible && past.shadow[place] === 0;
  const visible = (begin: number, end: number): number =>
    places.subarray(begin, end).reduce((sum, place) => sum + Number(isVisible(place)), 0);
  const below = (place: number): number => {
    const at = places.indexOf(place);
    const depth = comments.depths[place] ?? 0;
    const after = places.subarray(at + 1).findIndex((other) => (comments.depths[other] ?? 0) <= depth);
    return at === -1 ? 0 : visible(at + 1, after === -1 ? places.length : at + 1 + after);
  };
  const before = visible(0, from);
  return {
    answers: new Map([...new Set(open)].map((place) => [place, below(place)])),
    span: { from: before + 1, to: before + visible(from, until) },
  };
}

/** Where a page that begins there ends. */
function endOf(
  thread: ThreadAtMoment,
  line: Line,
  {
    from,
    limit,
    most = MOST_COMMENTS,
    withAbove = false,
  }: Pick<PastPageOptions, 'limit' | 'most' | 'withAbove'> & { readonly from: number },
): number {
  const first = readAt(line, from);
  const above = withAbove && first ? thread.life.comments.above(first.place).length : 0;
  let [end, roots] = [from, 0];
  while (end < line.places.length && end - from < Math.max(1, most - above)) {
    if (line.places[end] === line.roots[end] && ++roots > limit) break;
    end += 1;
  }
  return end;
}

/** Where a page that ends before a place begins. */
function beginOf(
  thread: ThreadAtMoment,
  line: Line,
  { until, limit, most = MOST_COMMENTS, withAbove = false }: PastPageOptions & { readonly until: number },
): number {
  let [begin, roots] = [until, 0];
  while (begin > 0 && until - begin < most) {
    if (line.places[begin - 1] === line.roots[begin - 1] && ++roots > limit) break;
    begin -= 1;
  }
  const above = (): number => thread.life.comments.above(line.places[begin] ?? 0).length;
  while (withAbove && begin < until - 1 && until - begin + above() > most) begin += 1;
  return begin;
}

/** Where the top-level comments that are shown stand in tree order, by sort. */
function rootsOf({ life, past, sight }: ThreadAtMoment, sort: CommentSort): readonly number[] {
  const roots: number[] = [];
  for (const [at, place] of life.order.entries()) {
    if (sight.shown[place] === 1 && life.comments.depths[place] === 0) roots.push(at);
  }
  switch (sort) {
    case 'oldest':
      return roots;
    case 'newest':
      return roots.reverse();
    case 'best':
      return byScore(roots, (at) => past.score[life.order[at] ?? -1] ?? 0);
    default:
      return sort satisfies never;
  }
}

/** Highest first, those of one score as they were; most have the same. */
function byScore(roots: readonly number[], scoreOf: (root: number) => number): readonly number[] {
  const groups = [...Map.groupBy(roots, scoreOf)].sort(([one], [other]) => other - one);
  return groups.flatMap(([, group]) => group);
}

/** Where in the line what comes after a cursor begins; its end when nothing does. */
function reachedAt(
  { life: { comments }, past }: ThreadAtMoment,
  line: Line,
  { sort, cursor }: { readonly sort: CommentSort; readonly cursor: ThreadCursor },
): number {
  const named = comments.placeOf(numberIn(cursor.root));
  const orderOf = (root: number): number =>
    named === -1 ? comments.pathOf(root).compare(cursor.root) : comments.compare(root, named);
  for (let at = 0; at < line.places.length; at += 1) {
    const [place, root] = [line.places[at] ?? -1, line.roots[at] ?? -1];
    const behind = { order: orderOf(root), score: past.score[root] ?? 0, path: () => comments.pathOf(place) };
    if (isBehind(behind, { sort, cursor })) return at;
  }
  return line.places.length;
}

/** Whether a comment comes after what the cursor names, given where its top-level comment stands beside that; the one that a page ends before is not on that page either. */
function isBehind(
  { order, score, path }: { readonly order: number; readonly score: number; readonly path: () => Buffer },
  { sort, cursor }: { readonly sort: CommentSort; readonly cursor: ThreadCursor },
): boolean {
  if (order === 0) {
    if (cursor.inside === null) return cursor.isBefore === true;
    const inside = path().compare(cursor.inside);
    return cursor.isBefore ? inside >= 0 : inside > 0;
  }
  if (sort === 'newest') return order < 0;
  if (sort === 'oldest') return order > 0;
  return score < cursor.score || (score === cursor.score && order > 0);
}
