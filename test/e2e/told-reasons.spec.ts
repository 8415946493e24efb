import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Comment, NotificationList, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let admin: TestMember;
let moderator: TestMember;
let author: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  moderator = await forum.member('deciding', ['moderator']);
  author = await forum.member('author');
  post = await forum.publish(admin, { title: 'Ferries' });
});
afterAll(() => forum.close());

const pageOf = async (path: string, by?: TestMember): Promise<string> => {
  const headers = by === undefined ? {} : { cookie: `colloquy_session=${by.token}` };
  return String((await forum.call('GET', path, { headers })).body);
};

/** What moderators write for each other. */
const STAFF_ONLY = 'Third time this week';

async function removed(reason?: string): Promise<Comment> {
  const comment = await forum.comment(author, post.id, { body: 'Buy this' });
  await forum.comment(moderator, post.id, { parentId: comment.id, body: 'An answer keeps the place' });
  await forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: moderator.token,
    body: { action: 'remove', revision: comment.revision, note: STAFF_ONLY, ...(reason && { reason }) },
  });
  return comment;
}

const OWN = 'Your comment was removed by a moderator.';

test('an author reads why a comment was removed in the notification and at its place, and nobody else does', async () => {
  const { id } = await removed('off-topic');
  expect(await pageOf('/notifications', author)).toContain('Reason: Off-topic');
  const placeIn = (page: string): string => page.slice(page.indexOf(`id="comment-${id}"`)).slice(0, 1_000);
  const path = `/posts/${post.slug}`;
  for (const page of [await pageOf(path, author), await pageOf(path, author)]) {
    expect(placeIn(page)).toMatch(new RegExp(`${OWN} <strong>Off-topic</strong> <a href="/settings#decisions">`));
    expect(page).toContain('"removedFor":"off-topic"');
  }
  for (const reader of [undefined, await forum.member('somebody-else'), moderator]) {
    const page = await pageOf(path, reader);
    expect([placeIn(page).includes(OWN), page.includes('removedFor')]).toEqual([false, false]);
  }
  expect(await pageOf('/notifications', moderator)).not.toContain('Reason:');
});

test('the note of a decision stays among staff, wherever its author is told of it', async () => {
  const { id } = await removed('spam');
  const { token } = author;
  const pages = ['/notifications', '/settings', `/posts/${post.slug}`, `/members/${author.member.handle}`];
  const answers = ['/api/v1/notifications', `/api/v1/comments/${id}`, `/api/v1/comments/${id}/history`];
  for (const path of pages) expect(await pageOf(path, author)).not.toContain(STAFF_ONLY);
  for (const path of answers)
    expect(JSON.stringify((await forum.call('GET', path, { token })).body)).not.toContain(STAFF_ONLY);
  expect(await pageOf(`/moderation/cases/${id}`, moderator)).toContain(STAFF_ONLY);
});

test('a member who is given an office or loses it is told in the inbox, once, by whomever it was; who gives it is told nothing', async () => {
  const member = await forum.member('promoted');
  const change = async (roles: readonly string[]) => {
    const path = `/api/v1/members/${member.member.id}/roles`;
    await forum.done('PUT', path, { token: admin.token, body: { roles } });
  };
  const told = async (by: TestMember) =>
    (await forum.done<NotificationList>('GET', '/api/v1/notifications', { token: by.token })).items;
  await change(['member', 'moderator']);
  await change(['member', 'moderator']);
  await change(['member']);
  const row = { kind: 'decision', outcome: 'roles', post: null, comment: null, read: false };
  expect(await told(member)).toEqual([
    { ...row, position: expect.any(String), at: expect.any(String) },
    { ...row, position: expect.any(String), at: expect.any(String) },
  ]);
  const page = await pageOf('/notifications', member);
  expect(page).toContain('An admin has changed your role');
  expect(page).toContain('href="/settings"');
  expect((await told(admin)).filter(({ outcome }) => outcome === 'roles')).toEqual([]);
});

test('what the author removed tells no reason, and neither does what was put back', async () => {
  const taken = await forum.comment(author, post.id, { body: 'My own' });
  await forum.call('DELETE', `/api/v1/comments/${taken.id}`, { token: author.token });
  const { id } = await removed('abuse');
  const { revision } = await forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token: moderator.token });
  const body = { action: 'restore', revision };
  await forum.done('POST', `/api/v1/comments/${id}/decisions`, { token: moderator.token, body });
  expect(await pageOf(`/posts/${post.slug}`, author)).not.toContain('"removedFor":"abuse"');
});

test('an author is told that a comment was purged, without the note of whoever did it, and its case still names the author', async () => {
  const comment = await forum.comment(author, post.id, { body: 'My number is 5551' });
  const body = { reason: 'A phone number' };
  await forum.done('POST', `/api/v1/comments/${comment.id}/purge`, { token: moderator.token, body });
  const page = await pageOf('/notifications', author);
  expect(page).toContain('A moderator erased your comment on “Ferries” for good');
  for (const words of ['A phone number', '5551']) expect(page).not.toContain(words);
  const ruled = await pageOf(`/moderation/cases/${comment.id}`, moderator);
  expect(ruled).toMatch(new RegExp(`id="case-title"[^>]*>[^<]*${author.member.displayName}`));
  expect(ruled).not.toContain('Somebody who left');
  for (const reader of [moderator, await forum.member('not-concerned')])
    expect(await pageOf('/notifications', reader)).not.toContain('A phone number');
});
