import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { metaOf } from '../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import { GUEST, SendGuestComment } from '../domain/guest/guest.commands.ts';
import { GuestLetters } from './guest-letters.ts';

const HOUR_MS = 3_600_000;

let forum: RecordingForum;
let postId: string;
beforeEach(async () => {
  forum = await openRecordingForum();
  const wish = { title: 'Borders', body: 'Text.', locale: 'en', authorId: null };
  ({ postId } = await forum.publishing.publish(wish, metaOf({ commandId: randomUUID() })));
});
afterEach(() => forum.close());

/** Another node's count over the same log. */
const node = () => new GuestLetters(forum, forum.members.names);

async function write(email: string): Promise<string> {
  const commentId = randomUUID();
  const guest = { displayName: 'Sokha', email, locale: 'en' };
  const wish = { commentId, postId, parentId: null, body: 'Hello', guest, by: GUEST, heldBy: [] };
  await forum.commands.execute(new SendGuestComment(wish, metaOf({ commandId: randomUUID() })));
  return commentId;
}

test('letters to a mailbox are counted for an hour, whichever node they were asked of and however it is spelled', async () => {
  const [one, other] = [node(), node()];
  const idsAt = async (letters: GuestLetters, email: string, now = Date.now()) =>
    (await letters.sentTo(email, now)).map(({ commentId }) => commentId);
  expect(await idsAt(one, 'sokha@example.org')).toEqual([]);
  const sent = [await write('Sokha@example.org'), await write('sokha+x@EXAMPLE.org')];
  const others = await write('dara@example.org');
  for (const letters of [one, other]) {
    expect(await idsAt(letters, 'sokha+y@example.org')).toEqual(sent);
    expect(await idsAt(letters, 'dara@example.org')).toEqual([others]);
  }
  sent.push(await write('sokha@example.org'));
  expect(await Promise.all([idsAt(one, 'sokha@example.org'), idsAt(one, 'sokha@example.org')])).toEqual([sent, sent]);
  expect(await idsAt(one, 'sokha@example.org', Date.now() + HOUR_MS)).toEqual([]);
  expect(await idsAt(node(), 'sokha@example.org', Date.now() + HOUR_MS)).toEqual([]);
});

test('what was forgotten counts no more for a node that had not read it', async () => {
  const commentId = await write('sokha@example.org');
  const knows = node();
  expect(await knows.sentTo('sokha@example.org', Date.now())).toHaveLength(1);
  await forum.guests.forget(commentId, metaOf({ commandId: randomUUID() }));
  expect(await knows.sentTo('sokha@example.org', Date.now())).toHaveLength(1);
  expect(await node().sentTo('sokha@example.org', Date.now())).toEqual([]);
});
