/** The statuses of a comment whose text is kept. */
export const KEPT_STATUSES = ['visible', 'held', 'rejected', 'removed'] as const;
export type KeptStatus = (typeof KEPT_STATUSES)[number];

/** The statuses of a comment. Views store a status as its place in this list. */
export const COMMENT_STATUSES = [...KEPT_STATUSES, 'erased'] as const;
export type CommentStatus = (typeof COMMENT_STATUSES)[number];

/** True when the comment waits for moderators, and readers do not see it. */
export function isWaiting(status: CommentStatus): status is 'held' | 'rejected' {
  return status === 'held' || status === 'rejected';
}

/** Orders of a thread. */
export const COMMENT_SORTS = ['oldest', 'newest', 'best'] as const;
export type CommentSort = (typeof COMMENT_SORTS)[number];

/** Which comments of a thread are asked for, where not all are. */
export const COMMENT_FILTERS = ['featured'] as const;
export type CommentFilter = (typeof COMMENT_FILTERS)[number];

/** Steps of a comment's history. */
export const REVISION_KINDS = [
  'posted',
  'edited',
  'held',
  'rejected',
  'removed',
  'restored',
  'accepted',
  'unaccepted',
  'featured',
  'unfeatured',
] as const;
export type RevisionKind = (typeof REVISION_KINDS)[number];

/** Parts of a difference between two texts. */
export const DIFF_KINDS = ['same', 'added', 'removed'] as const;
export type DiffKind = (typeof DIFF_KINDS)[number];

/** The changes that readers of a thread hear of, live. The thread's view stores a kind as its place in this list. */
export const THREAD_CHANGE_KINDS = [
  'comment-posted',
  'comment-edited',
  'comment-held',
  'comment-removed',
  'comment-restored',
  'reaction-changed',
  'discussion-changed',
] as const;
export type ThreadChangeKind = (typeof THREAD_CHANGE_KINDS)[number];

/** The kinds that the time machine counts. */
export const ACTIVITY_KINDS = ['posted', 'edited', 'decided'] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** The ways in which a comment differs between two moments. */
export const DIFFERENCE_KINDS = ['new', 'edited', 'removed'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];
