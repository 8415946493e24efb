import { DomainError, type Fold, unreachable } from '../../../libs/kernel/index.ts';
import { type DiscussionEvent, type DiscussionSettings, OPEN_DISCUSSION, settingsAfter } from './discussion.events.ts';

/** The settings of a discussion, and the time since which slow mode has its present length. */
export interface DiscussionFacts {
  settings: DiscussionSettings;
  slowSince: string | null;
}

export const discussionFacts: Fold<DiscussionFacts, DiscussionEvent> = {
  initial: () => ({ settings: OPEN_DISCUSSION, slowSince: null }),
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'DiscussionChanged.v2': {
        const settings = settingsAfter(state.settings, fact.data);
        if (settings.slowModeSeconds !== state.settings.slowModeSeconds) state.slowSince = fact.envelope.occurredAt;
        state.settings = settings;
        return state;
      }
      default:
        return unreachable(fact.type);
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
