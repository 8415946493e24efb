import { EVENT_STORE } from '../../../../libs/event-store/index.ts';
import { answering } from '../../answering.ts';
import { newest } from '../../newest.ts';
import { isOneOf } from '../../stored.ts';
import { GetPinnedAt } from './past.query-types.ts';

/** Read from the discussion's own stream, which has an event for each change of its settings. */
export const pinnedAtQuery = answering(GetPinnedAt, { store: EVENT_STORE }, async ({ postId, moment }, { store }) => {
  let pinned: string | null = null;
  for await (const recorded of store.readStream(`discussion-${postId}`)) {
    const isPast =
      moment.by === 'position' ? recorded.position <= moment.position : Date.parse(recorded.occurredAt) <= moment.at;
    const event = isPast ? newest(recorded) : null;
    if (event !== null && isOneOf(event, ['DiscussionChanged.v2'])) {
      const { pinnedCommentId } = event.data;
      if (pinnedCommentId !== undefined) pinned = pinnedCommentId;
    }
  }
  return pinned;
});
