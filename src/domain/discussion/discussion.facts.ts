import { DomainError, type Fold, unreachable } from '../../../libs/kernel/index.ts';
import { type DiscussionEvent, type DiscussionSettings, OPEN_DISCUSSION, settingsAfter } from './discussion.events.ts';

/** The settings of a discussion, the time since which slow mode has its present length, and what its comments are marked as. */
export interface DiscussionFacts {
  settings: DiscussionSettings;
  slowSince: string | null;
  /** Whether a comment may be accepted as the answer. */
  asks: boolean;
  acceptedId: string | null;
  /** MOST_FEATURED at most. */
  readonly featured: Set<string>;
}

export const discussionFacts: Fold<DiscussionFacts, DiscussionEvent> = {
  initial: () => ({
    settings: OPEN_DISCUSSION,
    slowSince: null,
    asks: false,
    acceptedId: null,
    featured: new Set(),
  }),
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'DiscussionChanged.v2': {
        const settings = settingsAfter(state.settings, fact.data);
        if (settings.slowModeSeconds !== state.settings.slowModeSeconds) state.slowSince = fact.envelope.occurredAt;
        state.settings = settings;
        return state;
      }
      case 'AskingChanged.v1':
        state.asks = fact.data.asks;
        return state;
      case 'AnswerAccepted.v1':
        state.acceptedId = fact.data.commentId;
        return state;
      case 'AcceptanceTakenBack.v1':
        if (state.acceptedId === fact.data.commentId) state.acceptedId = null;
        return state;
      case 'CommentFeatured.v1':
        state.featured.add(fact.data.commentId);
        return state;
      case 'CommentUnfeatured.v1':
        state.featured.delete(fact.data.commentId);
        return state;
      default:
        return unreachable(fact);
    }
  },
};

/** `closed` and `read-only` are the same for everybody, moderators included. */
export function requireOpenDiscussion({ settings }: DiscussionFacts): void {
  switch (settings.state) {
    case 'open':
      return;
    case 'read-only':
      throw new DomainError('discussion_read_only', 'This discussion can be read, but not added to, for now.');
    case 'closed':
      throw new DomainError('discussion_closed', 'This discussion is closed.');
    default:
      unreachable(settings.state);
  }
}
