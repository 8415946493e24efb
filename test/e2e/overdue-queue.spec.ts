import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import type { Comment, NotificationList, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

let forum: RunningForum;
let admin: TestMember;
let moderator: TestMember;
let writer: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum({ reacts: true });
  admin = await forum.admin();
  moderator = await forum.member('the-moderator', ['moderator']);
  writer = await forum.member('writer');
  post = await forum.publish(admin);
});
afterEach(() => {
  jest.restoreAllMocks();
});
afterAll(() => forum.close());

async function held(): Promise<Comment> {
  const comment = await forum.comment(writer, post.id, { body: 'Waits' });
  const decision = { action: 'hold', reason: 'spam', note: 'Look', revision: comment.revision };
  await forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, { token: moderator.token, body: decision });
  return comment;
}

/** The clock of the forum goes ahead; a change of the settings has it look. */
async function afterHours(hours: number): Promise<void> {
  jest.restoreAllMocks();
  const real = Date.now.bind(Date);
  jest.spyOn(Date, 'now').mockImplementation(() => real() + hours * 3_600_000);
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { tagline: `After ${hours} hours` } });
}

const calls = async (by: TestMember): Promise<number> => {
  const { items } = await forum.done<NotificationList>('GET', '/api/v1/notifications', { token: by.token });
  return items.filter(({ kind }) => kind === 'queue').length;
};

test('those who moderate are told once while a comment waits longer than promised, and nobody else is', async () => {
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { queuePromiseHours: 5 } });
  const first = await held();
  await held();
  await afterHours(4);
  expect(await calls(moderator)).toBe(0);
  await afterHours(6);
  await until(async () => (await calls(moderator)) === 1);
  expect([await calls(admin), await calls(writer)]).toEqual([1, 0]);
  await afterHours(7);
  expect(await calls(moderator)).toBe(1);
  await forum.done('DELETE', `/api/v1/comments/${first.id}`, { token: writer.token });
  // The log's own clock stayed, so the second one comes to be late after the first one had gone.
  await until(async () => (await calls(moderator)) === 2);
});

test('a promise is taken back with null, and bounded', async () => {
  const send = (hours: unknown) =>
    forum.call('PATCH', '/api/v1/site', { token: admin.token, body: { queuePromiseHours: hours } });
  expect((await send(null)).body).toMatchObject({ queuePromiseHours: null });
  for (const wrong of [0, 721, 1.5, '5']) expect((await send(wrong)).status).toBe(400);
});
