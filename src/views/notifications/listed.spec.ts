import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { idOf, SmallForum } from '../../../test/views/small-forum.ts';
import type { InboxEvent } from '../../domain/inbox/inbox.events.ts';
import { attentionOf } from './attention.ts';
import { listed, NO_BOUND } from './listed.ts';
import { kindsBy } from './notifications.queries.ts';

const DISCUSSIONS = 4;
const COMMENTS = 60;
const [memberId, writer] = [idOf('member', 1), 2];

let forum: SmallForum;

beforeAll(async () => {
  forum = await SmallForum.open();
  for (const n of [1, writer]) await forum.member(n);
  for (let post = 1; post <= DISCUSSIONS; post += 1) {
    await forum.post(post);
    const followed = { memberId, postId: idOf('post', post) };
    await forum.record(`inbox-${memberId}`, [{ type: 'DiscussionFollowed.v1', data: followed, personal: null }]);
  }
  for (let n = 0; n < DISCUSSIONS * COMMENTS; n += 1) {
    await forum.comment(n, { author: writer, post: 1 + (n % DISCUSSIONS) });
  }
});
afterAll(() => forum.close());

/** The comments of a page after some others, and the rows that were read for it. */
async function page(most: number, before = NO_BOUND) {
  const attention = await attentionOf(memberId, forum);
  const db = forum.views.db('notifications');
  let rows = 0;
  const statements = Object.getPrototypeOf(db.prepare('SELECT 1'));
  const { all } = statements;
  const spy = jest.spyOn(statements, 'all').mockImplementation(function (this: unknown, ...values: unknown[]) {
    const found: readonly unknown[] = all.apply(this, values);
    rows += found.length;
    return found;
  });
  const sought = { memberId, attention, kinds: kindsBy('inbox', attention), before, after: 0n, most };
  const { items, next } = listed(forum.views, sought);
  spy.mockRestore();
  return { comments: items.map(({ commentId }) => commentId), next, rows };
}

const newest = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => idOf('comment', DISCUSSIONS * COMMENTS - 1 - from - n));

test('a page of followed discussions reads little more than it shows, and the next one goes on after it', async () => {
  const first = await page(10);
  expect(first.comments).toEqual(newest(0, 10));
  expect(first.rows).toBeLessThan(50);
  expect((await page(10, first.next ?? 0n)).comments).toEqual(newest(10, 20));
});

test('what an ignored member wrote is passed over, and what is before it is found', async () => {
  for (let n = 0; n < 30; n += 1) await forum.comment(1_000 + n, { author: 3, post: 1 });
  const ignored: InboxEvent = {
    type: 'IgnoresChanged.v1',
    data: { memberId },
    personal: { ignored: [idOf('member', 3)] },
  };
  await forum.record(`inbox-${memberId}`, [ignored]);
  expect((await page(10)).comments).toEqual(newest(0, 10));
});

test('what was read by visits takes the place of nothing that was not', async () => {
  const attention = await attentionOf(memberId, forum);
  const read = forum.views.position();
  const places = new Map([1, 3, 4].map((post) => [idOf('post', post), read]));
  const sought = { memberId, attention, kinds: kindsBy('inbox', attention), before: NO_BOUND, after: 0n, most: 2 };
  const { items } = listed(forum.views, { ...sought, unreadBy: { upTo: 0n, places } });
  const ofSecond = Array.from({ length: 2 }, (_, n) => idOf('comment', (COMMENTS - 1 - n) * DISCUSSIONS + 1));
  expect(items.map(({ commentId }) => commentId)).toEqual(ofSecond);
});
