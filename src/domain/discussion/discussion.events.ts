import type { Fact } from '../../../libs/kernel/index.ts';

/** `read-only`: nobody writes, everybody reads, as `closed`, but said to be for a while. */
export type DiscussionState = 'open' | 'read-only' | 'closed';

export interface DiscussionSettings {
  readonly state: DiscussionState;
  /** Seconds that a member waits between two comments here; 0 for none, 86,400 at most. */
  readonly slowModeSeconds: number;
  readonly pinnedCommentId: string | null;
}

export const OPEN_DISCUSSION: DiscussionSettings = { state: 'open', slowModeSeconds: 0, pinnedCommentId: null };

/** Stream `discussion-<postId>`; a discussion without events is `OPEN_DISCUSSION`. */
export type DiscussionChanged = Fact<'DiscussionChanged.v1', DiscussionSettings & { readonly postId: string }, null>;

export type DiscussionEvent = DiscussionChanged;
