import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { HadHappened } from './had-happened.ts';

const event = (stream: string, revision: number, day: number, data: RecordedEvent['data'] = null): RecordedEvent => ({
  id: `${stream}@${revision}`,
  stream,
  revision: BigInt(revision),
  position: 1n,
  type: 'Something.v1',
  recordedAt: '2026-01-01T00:00:00.000Z',
  occurredAt: new Date(Date.UTC(2015, 0, day)).toISOString(),
  actor: 'system',
  correlationId: 'c',
  causationId: null,
  data,
  sealed: null,
});

const takenBy = (day: number, events: readonly RecordedEvent[]): readonly string[] => {
  const had = new HadHappened(Date.UTC(2015, 0, day));
  return events.filter((one) => had.takes(one)).map(({ id }) => id);
};

describe('what had happened by a moment', () => {
  it('is told by when it happened, whenever it was recorded, the moment itself included', () => {
    expect(takenBy(2, [event('a', 0, 3), event('b', 0, 2), event('c', 0, 1)])).toEqual(['b@0', 'c@0']);
  });

  it('holds nothing of a stream after what is left out of it', () => {
    expect(takenBy(2, [event('a', 0, 1), event('a', 1, 3), event('a', 2, 1), event('b', 0, 2)])).toEqual([
      'a@0',
      'b@0',
    ]);
  });

  it.each(['postId', 'parentId', 'commentId'])('holds nothing about what was not there yet (%s)', (field) => {
    const stream = field === 'postId' ? 'post-x' : 'comment-x';
    const events = [event(stream, 0, 3), event('comment-y', 0, 1, { [field]: 'x' })];

    expect(takenBy(2, events)).toEqual([]);
    expect(takenBy(3, events)).toEqual([`${stream}@0`, 'comment-y@0']);
  });

  it('holds what is about a thing that was there and changed later', () => {
    const events = [
      event('comment-x', 0, 1),
      event('comment-x', 1, 3, { commentId: 'x' }),
      event('comment-y', 0, 2, { parentId: 'x' }),
    ];

    expect(takenBy(2, events)).toEqual(['comment-x@0', 'comment-y@0']);
  });

  it('leaves out what follows upon something left out, however far', () => {
    const events = [
      event('post-p', 0, 3),
      event('comment-x', 0, 1, { postId: 'p', parentId: null }),
      event('reaction-x-m', 0, 1, { commentId: 'x' }),
      event('comment-y', 0, 1, { parentId: 'x' }),
    ];

    expect(takenBy(2, events)).toEqual([]);
  });
});
