import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../port.ts';

export function newEvent(given: Partial<NewEvent> = {}): NewEvent {
  return {
    id: randomUUID(),
    type: 'CommentPosted.v1',
    data: { words: 3 },
    sealed: null,
    occurredAt: '2015-10-09T08:07:06.005Z',
    actor: 'member-1',
    correlationId: randomUUID(),
    causationId: null,
    ...given,
  };
}

export function newEvents(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, index) => newEvent({ data: { index } }));
}

/** A new stream's name that no other test uses. */
export function newStream(prefix = 'comment'): string {
  return `${prefix}-${randomUUID()}`;
}
