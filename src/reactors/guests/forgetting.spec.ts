import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isErased } from '../../../libs/kernel/index.ts';
import { metaOf, NOW } from '../../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../../test/support/recording-forum.ts';
import { GUEST, SendGuestComment } from '../../domain/guest/guest.commands.ts';
import { Forgetting } from './forgetting.ts';

let forum: RecordingForum;
beforeAll(async () => {
  forum = await openRecordingForum();
});
afterAll(() => forum.close());

test('what nobody confirmed in time opens no more, and its link neither', async () => {
  const postId = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a01';
  const commentId = '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0b01';
  await forum.publishing.publish(
    { postId, title: 'A post', body: 'Its text.', publishAt: NOW, locale: 'en', authorId: null },
    metaOf(),
  );
  const guest = { displayName: 'Sokha', email: 'sokha@example.org', locale: 'km' };
  const wish = { commentId, postId, parentId: null, body: 'Hello', guest, by: GUEST };
  await forum.commands.execute(new SendGuestComment(wish, metaOf()));
  const token = await forum.guests.issueLink(commentId, metaOf());
  expect(await forum.guests.find(token ?? '', NOW)).toMatchObject({ comment: { body: 'Hello' } });

  const forgetting = new Forgetting({
    work: async () => ({ due: [commentId], nextAt: null, lease: null }),
    forget: (id, meta) => forum.guests.forget(id, meta),
  });
  for (const id of (await forgetting.look()).due) await forgetting.act(id);

  const [sent, ...others] = await forum.events(`guest-${commentId}`);
  const at = { stream: `guest-${commentId}`, type: 'GuestCommentSent.v1' };
  expect(sent?.sealed && isErased(await forum.vault.open(sent.sealed, at))).toBe(true);
  expect(others.map(({ type }) => type)).toEqual(['GuestLinkIssued.v1']);
  await expect(forum.guests.find(token ?? '', NOW)).rejects.toMatchObject({ code: 'link_expired' });
  expect(await forum.guests.issueLink(commentId, metaOf({ now: '2015-10-06T08:00:00.000Z' }))).toBeNull();
  // A repeat changes nothing.
  const events = (await forum.events()).length;
  await forgetting.act(commentId);
  expect((await forum.events()).length).toBe(events);
});
