import type { Comment, CommentPage, CommentSort, Discussion, ThreadChange } from './shapes.ts';
import { type Seen, ThreadTree } from './thread-tree.ts';

/** A thread as one reader knows it: the pages that it has read, kept current by changes. Immutable. */
export interface Thread {
  readonly postId: string;
  readonly sort: CommentSort;
  /** Every change up to here is in. */
  readonly position: string;
  /** In tree order, each top-level comment followed by its answers. */
  readonly comments: readonly Comment[];
  /** The cursor of the first page that was not read; null when all were. */
  readonly next: string | null;
  /** Over all pages. */
  readonly total: number;
  /** Null until it was told. */
  readonly discussion: Discussion | null;
  readonly seen: ReadonlyMap<string, Seen>;
  /** `total` counts what was posted up to here; what came after is counted as it comes. */
  readonly countedTo: bigint;
}

interface Draft {
  readonly tree: ThreadTree;
  readonly sort: CommentSort;
  readonly isWhole: boolean;
  readonly countedTo: bigint;
  position: bigint;
  total: number;
  discussion: Discussion | null;
}

/** A thread that begins with its first page. */
export function threadOf(
  postId: string,
  sort: CommentSort,
  page: CommentPage,
  discussion: Discussion | null = null,
): Thread {
  const { position, total, next } = page;
  const empty = { comments: [], seen: new Map<string, Seen>(), countedTo: BigInt(position) };
  return addPage({ postId, sort, position, total, next, discussion, ...empty }, page);
}

/** The thread with one more page, whether that is older or newer than what is known; the position stays. */
export function addPage(thread: Thread, page: CommentPage): Thread {
  const asOf = BigInt(page.position);
  const draft = draftOf(thread);
  for (const comment of page.items) draft.tree.put(comment, { asOf, posted: postedAt(comment) });
  const known = threadFrom(thread, draft);
  // What is known to be posted after the page was made is not in its total.
  const later = [...known.seen.values()].filter(({ posted }) => posted !== null && posted > asOf).length;
  return { ...known, total: page.total + later, next: page.next, countedTo: asOf };
}

/** One step further; a step that the thread has taken already changes nothing. */
export function applyChange(thread: Thread, change: ThreadChange): Thread {
  return applyChanges(thread, [change]);
}

/** Many steps, with one copy. */
export function applyChanges(thread: Thread, changes: readonly ThreadChange[]): Thread {
  const draft = draftOf(thread);
  for (const change of changes) step(draft, change);
  return draft.position === BigInt(thread.position) ? thread : threadFrom(thread, draft);
}

/** A reader's own comment as the forum answered it, at once and out of turn: the changes before it may be under way. */
export function addOwn(thread: Thread, comment: Comment, position: string): Thread {
  const draft = draftOf(thread);
  if (!draft.tree.hasPlaceFor(comment)) return thread;
  const posted = postedAt(comment) ?? BigInt(position);
  if (draft.tree.seen(comment.id) === undefined && posted > draft.countedTo) draft.total += 1;
  draft.tree.put(comment, { asOf: BigInt(position), posted });
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
  if (change.discussion !== undefined) draft.discussion = change.discussion;
  const { comment } = change;
  if (comment === undefined) return;
  const known = draft.tree.seen(comment.id);
  // What is shown is newer than this step, and holds it already.
  if (known !== undefined && known.asOf > position) return;
  switch (change.kind) {
    case 'comment-held':
      hold(draft, comment, position);
      return;
    case 'comment-posted':
    case 'comment-restored':
      show(draft, comment, { asOf: position, posted: change.kind === 'comment-posted' ? position : postedAt(comment) });
      return;
    case 'comment-edited':
    case 'comment-removed':
    case 'reaction-changed':
    case 'discussion-changed':
      if (known !== undefined) draft.tree.put(comment, { ...known, asOf: position });
      return;
    default:
      change.kind satisfies never;
  }
}

/** A comment that came into sight. Where its page was not read yet it is only counted. */
function show(draft: Draft, comment: Comment, seen: Seen): void {
  const isKnown = draft.tree.seen(comment.id) !== undefined;
  if (!isKnown && seen.asOf > draft.countedTo) draft.total += 1;
  if (isKnown || isWithin(draft, comment)) draft.tree.put(comment, seen);
}

/** A comment that readers do not see any more. In a thread that is known whole, an unknown one was never counted. */
function hold(draft: Draft, comment: Comment, position: bigint): void {
  const isKnown = draft.tree.seen(comment.id) !== undefined;
  if (position > draft.countedTo && (isKnown || !draft.isWhole)) draft.total -= 1;
  draft.tree.remove(comment.id);
}

/** Whether the pages that were read have the comment's place. */
function isWithin({ tree, sort, isWhole }: Draft, comment: Comment): boolean {
  if (isWhole || comment.parentId !== null) return tree.hasPlaceFor(comment);
  const last = tree.last();
  if (last === undefined || sort === 'best') return false;
  return sort === 'oldest' ? comment.createdAt < last.createdAt : comment.createdAt >= last.createdAt;
}

/** A comment that was not touched since stands where it was posted. */
function postedAt(comment: Comment): bigint | null {
  return comment.revision === 0 ? BigInt(comment.position) : null;
}

function draftOf({ sort, comments, seen, next, countedTo, position, total, discussion }: Thread): Draft {
  const tree = new ThreadTree(sort, comments, seen);
  return { tree, sort, isWhole: next === null, countedTo, position: BigInt(position), total, discussion };
}

function threadFrom(thread: Thread, { tree, position, total, discussion }: Draft): Thread {
  const comments = tree.comments();
  return { ...thread, comments, seen: tree.allSeen(), position: position.toString(), total, discussion };
}
