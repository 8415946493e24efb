import type { CommentSort } from '../words/index.ts';
import type { ServerMessages } from './live-messages.ts';
import type { Comment, CommentPage, Discussion, ThreadChange } from './shapes.ts';
import { isAfter, type SeenComment, ThreadTree } from './thread-tree.ts';

/** A thread as one reader knows it: the pages read so far, kept current by changes. Immutable. */
export interface Thread {
  readonly postId: string;
  readonly sort: CommentSort;
  /** Every change up to here is included. */
  readonly position: string;
  /** In tree order, each top-level comment followed by its answers. */
  readonly comments: readonly Comment[];
  /** The cursor of the first unread page; null when all were read. */
  readonly next: string | null;
  /** True when answers are missing below comments that were read, or top-level comments before them. */
  readonly hasGaps: boolean;
  /** True when comments stand each for itself, wherever they are in the thread: a part of it was picked. */
  readonly isFlat: boolean;
  /** The time and position of the last top-level comment that a page brought; null before the first. */
  readonly end: End | null;
  /** The items on all pages. */
  readonly total: number;
  /** Null until it is known. */
  readonly discussion: Discussion | null;
  readonly seen: ReadonlyMap<string, SeenComment>;
  /** While pages are unread, `total` is the forum's count at this position; later comments are counted as they come. */
  readonly countedTo: bigint;
  /** How many of `total` this reader sees and readers without an account do not. */
  readonly hidden: number;
  /** The last known number of comments on all pages whose text everybody can read; null until it is known. */
  readonly visible: number | null;
}

/** The forum's counts over all pages, read or not. */
export type Counts = Pick<ServerMessages['thread:changes'], 'total' | 'visible'>;

interface End {
  readonly id: string;
  readonly createdAt: string;
  readonly posted: SeenComment['posted'];
}

interface Draft {
  readonly tree: ThreadTree;
  readonly sort: CommentSort;
  /** Nothing of the thread is missing. */
  readonly isWhole: boolean;
  /** No page follows. */
  readonly isAtEnd: boolean;
  readonly end: End | null;
  readonly countedTo: bigint;
  position: bigint;
  total: number;
  discussion: Discussion | null;
}

/** A thread that begins with a page: its first one, or with `hasGaps` any part of it. */
export function threadOf(
  postId: string,
  sort: CommentSort,
  page: CommentPage & { readonly hasGaps?: boolean; readonly isFlat?: boolean },
  discussion: Discussion | null = null,
): Thread {
  const { position, total, next, hasGaps = false, isFlat = false } = page;
  const empty = { comments: [], seen: new Map<string, SeenComment>(), countedTo: BigInt(position) };
  return addPage(
    { postId, sort, position, total, next, hasGaps, isFlat, discussion, end: null, hidden: 0, visible: null, ...empty },
    page,
  );
}

/** The thread with one more page, older or newer than the known ones; the position stays. */
export function addPage(thread: Thread, page: CommentPage): Thread {
  const asOf = BigInt(page.position);
  const draft = draftOf({ ...thread, next: page.next });
  let { end } = thread;
  for (const comment of page.items) {
    const { id, createdAt, parentId } = comment;
    const posted = parentId === null ? postedBelow(end, comment, thread.sort) : postedAt(comment);
    draft.tree.put(comment, { asOf, posted });
    if (parentId === null) end = { id, createdAt, posted };
  }
  draft.total = page.total + postedAfter(asOf, draft.tree.allSeen());
  return { ...threadFrom(thread, draft), next: page.next, end, countedTo: asOf };
}

/**
 * When a top-level comment was posted that stands below another one, the last before it. In the order `newest` those of one
 * millisecond stand with the last posted first, so one that was changed since was posted before the one above it.
 */
function postedBelow(above: End | null, comment: Comment, sort: CommentSort): SeenComment['posted'] {
  const posted = postedAt(comment);
  return sort === 'newest' && above?.createdAt === comment.createdAt ? earlier(posted, above.posted) : posted;
}

/** When a comment was posted that was posted before another. */
function earlier(posted: SeenComment['posted'], other: SeenComment['posted']): SeenComment['posted'] {
  if ('at' in posted) return posted;
  const bound = 'at' in other ? other.at : other.before;
  return bound < posted.before ? { before: bound } : posted;
}

/** The thread after one more step; a step that it has taken already changes nothing. */
export function applyChange(thread: Thread, change: ThreadChange): Thread {
  return applyChanges(thread, [change]);
}

/**
 * The thread after many steps, with one copy. `counts` are those after the last step, for readers without an account;
 * without them the total stays while pages are unread.
 */
export function applyChanges(thread: Thread, changes: readonly ThreadChange[], counts: Counts = {}): Thread {
  const draft = draftOf(thread);
  for (const change of changes) step(draft, change);
  const { position } = draft;
  if (position === BigInt(thread.position)) return thread;
  const { total, visible = null } = counts;
  const stepped = { ...threadFrom(thread, draft), visible };
  const { hidden } = thread;
  return total === undefined ? stepped : recounted(stepped, position, { total: total + hidden, hidden, visible });
}

/** The thread with the forum's counts at a position. */
export function recounted(
  thread: Thread,
  asOf: bigint,
  { total, hidden, visible }: Pick<Thread, 'total' | 'hidden' | 'visible'>,
): Thread {
  if (asOf < thread.countedTo) return thread;
  const isWhole = thread.next === null && !thread.hasGaps;
  const all = isWhole ? thread.total : total + postedAfter(asOf, thread.seen);
  return { ...thread, hidden, visible, countedTo: asOf, total: all };
}

/**
 * Adds comments that the forum answered to this reader out of turn: earlier changes may still be under way. Comments
 * without a place in the known pages are left out.
 */
export function addRead(thread: Thread, comments: readonly Comment[], position: string): Thread {
  const draft = draftOf(thread);
  for (const comment of comments) {
    if (!draft.tree.hasPlaceFor(comment)) continue;
    const posted = postedAt(comment);
    if (draft.tree.seen(comment.id) === undefined && isAfter(posted, { at: draft.countedTo })) draft.total += 1;
    draft.tree.put(comment, { asOf: BigInt(position), posted });
  }
  return threadFrom(thread, draft);
}

/** The thread when nothing more happened up to a position. */
export function advance(thread: Thread, position: string): Thread {
  return BigInt(position) > BigInt(thread.position) ? { ...thread, position } : thread;
}

function step(draft: Draft, change: ThreadChange): void {
  const position = BigInt(change.position);
  if (position <= draft.position) return;
  draft.position = position;
  if (change.discussion !== undefined && !isSame(draft.discussion, change.discussion))
    draft.discussion = change.discussion;
  const { comment } = change;
  if (comment === undefined) return;
  const known = draft.tree.seen(comment.id);
  // The shown comment is newer than this step, and includes it.
  if (known !== undefined && known.asOf >= position) return;
  if (change.kind === 'comment-held') {
    draft.tree.remove(comment.id);
    return;
  }
  const posted = change.kind === 'comment-posted' ? { at: position } : postedAt(comment);
  // A comment on an unread page has no place yet.
  if (known !== undefined || isWithin(draft, comment, posted)) draft.tree.put(comment, { asOf: position, posted });
}

/** What is drawn with a discussion is drawn anew only when it changes. */
function isSame(one: Discussion | null, other: Discussion): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A comment that is known to be posted after the forum counted is not in its count. */
function postedAfter(asOf: bigint, seen: Thread['seen']): number {
  return [...seen.values()].filter(({ posted }) => isAfter(posted, { at: asOf })).length;
}

/** Whether the read pages surely include the comment's place. */
function isWithin({ tree, sort, isAtEnd, end }: Draft, comment: Comment, posted: SeenComment['posted']): boolean {
  if (isAtEnd || comment.parentId !== null) return tree.hasPlaceFor(comment);
  if (end === null || sort === 'best') return false;
  if (comment.id === end.id) return true;
  if (comment.createdAt === end.createdAt) return sort === 'newest' && isAfter(posted, end.posted);
  return sort === 'newest' ? comment.createdAt > end.createdAt : comment.createdAt < end.createdAt;
}

/** A comment that was not touched since stands at the position of its posting. */
function postedAt({ revision, position }: Comment): SeenComment['posted'] {
  return revision === 0 ? { at: BigInt(position) } : { before: BigInt(position) };
}

function draftOf(thread: Thread): Draft {
  const { sort, comments, seen, next, hasGaps, isFlat, end, countedTo, position, total, discussion } = thread;
  const tree = new ThreadTree({ sort, isFlat }, comments, seen);
  const known = { isAtEnd: next === null, isWhole: next === null && !hasGaps };
  return { tree, sort, ...known, end, countedTo, position: BigInt(position), total, discussion };
}

/** In a thread that is known completely, the number of known comments is the total. */
function threadFrom(thread: Thread, { tree, isWhole, position, total, discussion }: Draft): Thread {
  const known = { comments: tree.comments(), seen: tree.allSeen(), total: isWhole ? tree.size : total };
  return { ...thread, ...known, position: position.toString(), discussion };
}
