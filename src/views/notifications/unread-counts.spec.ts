import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AT, commentHeld, commentRemoved, commentRestored, idOf, SmallForum } from '../../../test/views/small-forum.ts';
import type { ForumEvent } from '../../domain/event-types.ts';
import { ReadPlaces } from '../shelf/door/read-places.ts';
import { unreadNow } from './notifications.queries.ts';
import { UnreadCounts } from './unread-counts.ts';

let forum: SmallForum;
let counts: UnreadCounts;
let parts: Parameters<typeof unreadNow>[1];
let counted = 0;
const [reader, stranger] = [idOf('member', 1), idOf('member', 3)];

beforeAll(async () => {
  forum = await SmallForum.open();
  counts = new UnreadCounts(forum.views);
  const { views, vault } = forum;
  parts = { views, vault, places: new ReadPlaces(views, vault) };
  for (const n of [1, 2, 3]) await forum.member(n);
  for (const n of [1, 2]) await forum.post(n);
});
afterAll(async () => {
  counts.onModuleDestroy();
  await forum.close();
});

const countOf = (memberId: string): Promise<number> =>
  counts.of(memberId, () => {
    counted += 1;
    return unreadNow(memberId, parts);
  });
const inbox = (fact: ForumEvent) => forum.record(`inbox-${reader}`, [fact]);
const onComment = (n: number, fact: ForumEvent) => forum.record(`comment-${idOf('comment', n)}`, [fact]);
const muting = (...muted: string[]): ForumEvent => ({
  type: 'MutesChanged.v1',
  data: { memberId: reader },
  personal: { muted },
});

test('a count is never from before a write that its member waits for', async () => {
  const post = { memberId: reader, postId: idOf('post', 2) };
  let newest = 0n;
  const steps: readonly (readonly [number, () => Promise<bigint>])[] = [
    [0, () => forum.comment(1, { author: 1 })],
    [1, () => forum.comment(2, { author: 2, parent: 1 })],
    [2, () => forum.comment(3, { author: 2 })],
    [2, () => forum.comment(4, { author: 2, post: 2 })],
    [2, () => inbox({ type: 'DiscussionFollowed.v1', data: post, personal: null })],
    [3, () => forum.comment(5, { author: 2, post: 2 })],
    [2, () => onComment(2, commentHeld(2))],
    [3, () => onComment(2, commentRestored(2))],
    [2, () => onComment(5, commentRemoved(5, 2))],
    [0, () => inbox(muting(idOf('post', 1)))],
    [2, () => inbox(muting())],
    [
      0,
      () => inbox({ type: 'NotificationsRead.v1', data: { memberId: reader, upTo: String(newest) }, personal: null }),
    ],
    [1, () => forum.comment(6, { author: 2, post: 2 })],
    [0, () => inbox({ type: 'DiscussionUnfollowed.v1', data: post, personal: null })],
    [1, () => forum.comment(7, { author: 2 })],
    [0, () => inbox({ type: 'DiscussionUnfollowed.v1', data: { ...post, postId: idOf('post', 1) }, personal: null })],
    [1, () => forum.comment(8, { author: 2, parent: 1 })],
    [0, () => onComment(8, commentHeld(8))],
    [1, () => onComment(8, commentRestored(8))],
    [
      0,
      () =>
        forum.record(`post-${idOf('post', 1)}`, [
          { type: 'PostWithdrawn.v1', data: { postId: idOf('post', 1) }, personal: null },
        ]),
    ],
  ];
  for (const [at, [expected, step]] of steps.entries()) {
    await countOf(reader);
    newest = await step();
    expect([at, await countOf(reader)]).toEqual([at, expected]);
  }
});

test('a count is kept while nothing that concerns its member happens', async () => {
  await Promise.all([countOf(reader), countOf(stranger)]);
  const before = counted;
  for (let n = 20; n < 30; n += 1) {
    await forum.comment(n, { author: 2, post: 2 });
    await Promise.all([countOf(reader), countOf(stranger)]);
  }
  expect(counted).toBe(before);
  for (let n = 100; n < 300; n += 1) await forum.record(`inbox-${idOf('member', n)}`, [readBy(n)]);
  await countOf(reader);
  expect(counted).toBe(before + 1);
});

function readBy(n: number): ForumEvent {
  return { type: 'NotificationsRead.v1', data: { memberId: idOf('member', n), upTo: '0' }, personal: null };
}

test('what happens while a count is made is not taken for counted', async () => {
  await inbox({ type: 'DiscussionFollowed.v1', data: { memberId: reader, postId: idOf('post', 2) }, personal: null });
  await counts.of(reader, async () => {
    const count = await unreadNow(reader, parts);
    await forum.comment(40, { author: 2, post: 2, at: AT });
    return count;
  });
  expect(await countOf(reader)).toBe(await unreadNow(reader, parts));
});
