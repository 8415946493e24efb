import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { idOf, SmallForum } from '../../../test/views/small-forum.ts';
import type { InboxEvent } from '../../domain/inbox/inbox.events.ts';
import { idBytes } from '../ids.ts';

let forum: SmallForum;
const memberId = idOf('member', 1);
const TABLES = ['told', 'follow', 'choice', 'report'] as const;

beforeAll(async () => {
  forum = await SmallForum.open();
  for (const n of [1, 2]) await forum.member(n);
  await forum.post(1);
});
afterAll(() => forum.close());

const rowsOf = (table: string): unknown =>
  Reflect.get(
    Object(
      forum.views
        .db('notifications')
        .prepare(`SELECT count(*) AS n FROM ${table} WHERE member = ?`)
        .get(idBytes(memberId)),
    ),
    'n',
  );

test('of an erased member nothing is left, and answers to what it wrote tell nobody', async () => {
  await forum.comment(1, { author: 1 });
  await forum.comment(2, { author: 2, parent: 1 });
  const muted: InboxEvent = { type: 'MutesChanged.v1', data: { memberId }, personal: { muted: [idOf('post', 1)] } };
  await forum.record(`inbox-${memberId}`, [muted]);
  await forum.record(`report-${idOf('comment', 2)}-${memberId}`, [
    {
      type: 'CommentReported.v1',
      data: {
        commentId: idOf('comment', 2),
        postId: idOf('post', 1),
        authorId: idOf('member', 2),
        memberId,
        reason: 'spam',
        revision: 0,
      },
      personal: { note: '' },
    },
  ]);
  expect(TABLES.map(rowsOf)).toEqual([1, 1, 1, 1]);
  await forum.record(`member-${memberId}`, [
    { type: 'MemberErased.v1', data: { memberId, erasureId: idOf('erasure', 1) }, personal: null },
  ]);
  await forum.comment(3, { author: 2, parent: 1 });
  expect(TABLES.map(rowsOf)).toEqual([0, 0, 0, 0]);
  expect(await forum.views.verify('notifications')).toMatchObject({ equal: true });
});
