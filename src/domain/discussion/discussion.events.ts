import type { Fact } from '../../../libs/kernel/index.ts';
import type { DiscussionState } from '../../../libs/words/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import { type MarkEvent, markEvents } from './marks.events.ts';

export interface DiscussionSettings {
  readonly state: DiscussionState;
  /** Seconds that a member waits between two comments here; 0 for none, 86,400 at most. */
  readonly slowModeSeconds: number;
  readonly pinnedCommentId: string | null;
}

export const OPEN_DISCUSSION: DiscussionSettings = { state: 'open', slowModeSeconds: 0, pinnedCommentId: null };

/** The settings after the named changes. */
export function settingsAfter(before: DiscussionSettings, changes: Partial<DiscussionSettings>): DiscussionSettings {
  const { state, slowModeSeconds, pinnedCommentId } = changes;
  return {
    state: state ?? before.state,
    slowModeSeconds: slowModeSeconds ?? before.slowModeSeconds,
    pinnedCommentId: pinnedCommentId === undefined ? before.pinnedCommentId : pinnedCommentId,
  };
}

/** Stream `discussion-<postId>`; a discussion without events is `OPEN_DISCUSSION`. Holds the settings that changed, as they are now. */
export type DiscussionChanged = Fact<
  'DiscussionChanged.v2',
  Partial<DiscussionSettings> & {
    readonly postId: string;
    /** The reason that the moderator gave for the change. */
    readonly reason: string | null;
  },
  null
>;

export type DiscussionEvent = DiscussionChanged | MarkEvent;

export const DISCUSSION_STREAM = 'discussion-<postId>';

export const DISCUSSION_SETTINGS = {
  postId: MEANING.post,
  state: '`open`, `read-only` (for a while) or `closed`.',
  slowModeSeconds: 'Seconds that a member waits between two comments here; 0 for none.',
  pinnedCommentId: 'The comment that is shown first, or null.',
};

export const DISCUSSION_EVENTS: Catalogue<DiscussionEvent> = {
  'DiscussionChanged.v2': {
    stream: DISCUSSION_STREAM,
    sentence:
      'Settings of a discussion were changed: only those that changed are there, as they are now. Before the first such event it is open, without slow mode or pin.',
    data: { ...DISCUSSION_SETTINGS, reason: 'What the one who changed it said about it, or null.' },
    personal: null,
  },
  ...markEvents(DISCUSSION_STREAM),
};
