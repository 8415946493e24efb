import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AT, commentHeld, idOf, SmallForum } from '../../../test/views/small-forum.ts';
import type { ForumEvent } from '../../domain/event-types.ts';
import { callingWork } from './overdue.ts';

let forum: SmallForum;
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  forum = await SmallForum.open();
  for (const n of [1, 2]) await forum.member(n);
  await forum.post(1);
});
afterAll(() => forum.close());

const hold = async (n: number): Promise<void> => {
  await forum.comment(n, { author: 1 });
  await forum.record(`comment-${idOf('comment', n)}`, [commentHeld(n)]);
};
/** When everything here happened, long before it was recorded. */
const since = Date.parse(AT);
const work = (hours: number | null, later: number) => callingWork({ now: since + later * HOUR_MS, hours }, forum.views);
const due = (hours: number, later = 24) => work(hours, later).due.map(({ commentId }) => commentId);
async function call(): Promise<void> {
  const [overdue] = work(1, 24).due;
  if (overdue === undefined) throw new Error('nothing is due');
  const event: ForumEvent = {
    type: 'QueueOverdue.v1',
    data: { ...overdue, overdueId: idOf('overdue', 1), memberIds: [idOf('member', 2)] },
    personal: null,
  };
  await forum.record(`overdue-${overdue.commentId}`, [event]);
}
const removed = (n: number): ForumEvent => ({
  type: 'CommentRemoved.v1',
  data: { commentId: idOf('comment', n), postId: idOf('post', 1), by: 'author', reason: null },
  personal: null,
});

test('nothing waits, or nothing is promised: nobody is called, at no time', async () => {
  expect(work(1, 24)).toEqual({ due: [], nextAt: null, lease: null });
  await hold(1);
  expect(work(null, 24)).toEqual({ due: [], nextAt: null, lease: null });
});

test('the comment that waits longest calls when its time is over, and not before', async () => {
  await hold(2);
  expect(work(1, 0.9)).toEqual({ due: [], nextAt: since + HOUR_MS, lease: null });
  expect(due(1)).toEqual([idOf('comment', 1)]);
  expect(due(25)).toEqual([]);
});

test('one call is for all that are late before its end; what comes to be late afterwards calls again', async () => {
  const years = 24 * 365 * 20;
  await call();
  expect(due(1)).toEqual([]);
  expect(due(years, years + 1)).toEqual([]);
  await forum.record(`comment-${idOf('comment', 1)}`, [removed(1)]);
  expect(due(1)).toEqual([]);
  expect(due(years, years + 1)).toEqual([idOf('comment', 2)]);
  expect(await forum.views.verify('notifications')).toMatchObject({ equal: true });
  expect(await forum.views.verify('moderation-queue')).toMatchObject({ equal: true });
});
