import type { Fact } from '../../../libs/kernel/index.ts';
import type { Catalogue } from '../catalogue-entry.ts';

/** Stream `overdue-<overdueId>`, with this one event; the id is made of the comment and the time since which it waits. */
export type QueueOverdue = Fact<
  'QueueOverdue.v1',
  {
    readonly overdueId: string;
    readonly commentId: string;
    /** RFC 3339, UTC. */
    readonly since: string;
    readonly hours: number;
    readonly memberIds: readonly string[];
  },
  null
>;

export type QueueEvent = QueueOverdue;

export const QUEUE_EVENTS: Catalogue<QueueEvent> = {
  'QueueOverdue.v1': {
    stream: 'overdue-<overdueId>',
    sentence: 'A comment waits for a moderator longer than the forum promises, so those who moderate are told.',
    data: {
      overdueId: 'Made of the comment and the time since which it waits.',
      commentId: 'The comment that has waited longest.',
      since: 'When it came to the queue (RFC 3339, UTC).',
      hours: 'What the forum promised at that time.',
      memberIds: 'Those who are told.',
    },
    personal: null,
  },
};
