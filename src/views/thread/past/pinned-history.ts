import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../../../../libs/event-store/index.ts';
import { newest } from '../../newest.ts';
import { isOneOf } from '../../stored.ts';
import { GetPinnedAt } from './past.query-types.ts';

/** Read from the discussion's own stream, which has an event for each change of its settings. */
@QueryHandler(GetPinnedAt)
export class GetPinnedAtHandler implements IQueryHandler<GetPinnedAt> {
  readonly #store: EventStore;

  constructor(@Inject(EVENT_STORE) store: EventStore) {
    this.#store = store;
  }

  async execute({ postId, moment }: GetPinnedAt): Promise<string | null> {
    let pinned: string | null = null;
    for await (const recorded of this.#store.readStream(`discussion-${postId}`)) {
      const isPast =
        moment.by === 'position' ? recorded.position <= moment.position : Date.parse(recorded.occurredAt) <= moment.at;
      const event = isPast ? newest(recorded) : null;
      if (event !== null && isOneOf(event, ['DiscussionChanged.v2'])) {
        const { pinnedCommentId } = event.data;
        if (pinnedCommentId !== undefined) pinned = pinnedCommentId;
      }
    }
    return pinned;
  }
}
