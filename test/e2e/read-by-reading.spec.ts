import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { QueryBus } from '@nestjs/cqrs';
import type { Comment, NotificationList, Post } from '../../libs/client/index.ts';
import { GetTellings } from '../../src/views/notifications/notifications.query-types.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { TestSocket } from '../support/live-socket.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

let forum: RunningForum;
let admin: TestMember;
let answerer: TestMember;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  answerer = await forum.member('answerer');
});
afterAll(() => forum.close());

const listOf = (by: TestMember, query = ''): Promise<NotificationList> =>
  forum.done('GET', `/api/v1/notifications${query}`, { token: by.token });
const unreadOf = async (by: TestMember): Promise<number> => (await listOf(by)).unread;

/** The page as a device sees it that keeps no cookie but the session's. */
async function opens(by: TestMember, { slug }: Post): Promise<void> {
  const { status } = await forum.call('GET', `/posts/${slug}`, {
    headers: { cookie: `colloquy_session=${by.token}` },
  });
  expect(status).toBe(200);
}

const UNSEEN: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ['a browser fetches ahead', 'GET', { 'sec-purpose': 'prefetch' }],
  ['a browser draws ahead', 'GET', { 'sec-purpose': 'prefetch;prerender', 'sec-fetch-dest': 'document' }],
  ['an older browser fetches ahead', 'GET', { purpose: 'prefetch' }],
  ['a program asks for the head', 'HEAD', {}],
  ['a script fetches', 'GET', { 'sec-fetch-dest': 'empty' }],
  ['a page shows as an image', 'GET', { 'sec-fetch-dest': 'image' }],
];

interface Asked {
  readonly asker: TestMember;
  readonly post: Post;
  readonly root: Comment;
}

/** A member who asked something. */
async function asked(handle: string): Promise<Asked> {
  const asker = await forum.member(handle);
  const post = await forum.publish(admin, { title: `Asked by ${handle}` });
  return { asker, post, root: await forum.comment(asker, post.id, { body: 'A question' }) };
}

const answer = ({ post, root }: Asked, body = 'An answer'): Promise<Comment> =>
  forum.comment(answerer, post.id, { parentId: root.id, body });

test.each(UNSEEN)('nothing is read, and no visit kept, by what %s', async (how, method, headers) => {
  const here = await asked(`unseen-${UNSEEN.findIndex(([one]) => one === how)}`);
  const { asker, post } = here;
  await opens(asker, post);
  const looks = () =>
    forum.call(method, `/posts/${post.slug}`, { headers: { cookie: `colloquy_session=${asker.token}`, ...headers } });
  await answer(here);
  expect(await unreadOf(asker)).toBe(1);
  const { status, headers: answered } = await looks();
  expect([status, answered.getSetCookie().filter((cookie) => cookie.includes('visits'))]).toEqual([200, []]);
  // What another device reads is recorded after what came before it.
  const marker = await asked(`marker-${UNSEEN.findIndex(([one]) => one === how)}`);
  await answer(marker);
  await opens(marker.asker, marker.post);
  await until(async () => (await unreadOf(marker.asker)) === 0);
  expect(await unreadOf(asker)).toBe(1);
  await opens(asker, post);
  await until(async () => (await unreadOf(asker)) === 0);
});

test('what a discussion brought is read once it was opened, on every device, and nothing else', async () => {
  const here = await asked('one-asker');
  const { asker, post } = here;
  const other = await forum.publish(admin, { title: 'Elsewhere' });
  const elsewhere = await forum.comment(asker, other.id);
  const reply = await answer(here);
  const followed = await forum.comment(answerer, post.id, { body: 'Beside it' });
  const unread = await forum.comment(answerer, other.id, { parentId: elsewhere.id });
  expect(await unreadOf(asker)).toBe(3);
  await opens(asker, post);
  await until(async () => (await unreadOf(asker)) === 1);
  expect((await listOf(asker)).items.map(({ comment, read }) => [comment?.id, read])).toEqual([
    [unread.id, false],
    [followed.id, true],
    [reply.id, true],
  ]);
  expect((await listOf(asker, '?filter=unread')).items.map(({ comment }) => comment?.id)).toEqual([unread.id]);
  const later = await answer(here, 'A later one');
  expect((await listOf(asker, '?filter=unread')).items.map(({ comment }) => comment?.id)).toEqual([
    later.id,
    unread.id,
  ]);
});

test('a mention that an edit brings after the visit began is read by the next look', async () => {
  const here = await asked('mentioned-asker');
  const said = await answer(here, 'Somebody knows');
  await opens(here.asker, here.post);
  await until(async () => (await unreadOf(here.asker)) === 0);
  const third = await forum.member('third-asker');
  await opens(third, here.post);
  const body = { body: 'Ask @third-asker', revision: said.revision };
  await forum.done('PATCH', `/api/v1/comments/${said.id}`, { token: answerer.token, body });
  expect(await unreadOf(third)).toBe(1);
  await opens(third, here.post);
  await until(async () => (await unreadOf(third)) === 0);
});

test('what staff decided on one’s comment stays unread until the inbox is read', async () => {
  const here = await asked('decided-asker');
  const { asker, root, post } = here;
  await forum.done('POST', `/api/v1/comments/${root.id}/decisions`, {
    token: admin.token,
    body: { action: 'remove', reason: 'spam', revision: root.revision },
  });
  await forum.comment(answerer, post.id);
  expect(await unreadOf(asker)).toBe(2);
  await opens(asker, post);
  await until(async () => (await unreadOf(asker)) === 1);
  expect((await listOf(asker, '?filter=unread')).items.map(({ kind }) => kind)).toEqual(['decision']);
});

test('the badge is told at once, and mails and pushes that wait leave it out', async () => {
  const here = await asked('badge-asker');
  const { asker, post, root } = here;
  const socket = await new TestSocket(forum.url, { token: asker.token }).connected();
  const toldUnread = () => socket.of('notifications:changes').at(-1)?.unread;
  await socket.ask('notifications:join', {});
  const reply = await answer(here);
  await socket.until(() => toldUnread() === 1);
  const tellings = () =>
    forum.forum.app.get(QueryBus).execute(
      new GetTellings({
        memberId: asker.member.id,
        way: 'mail',
        after: BigInt(root.position),
        upTo: BigInt(reply.position),
      }),
    );
  expect((await tellings()).map(({ comment }) => comment?.id)).toEqual([reply.id]);
  await opens(asker, post);
  await socket.until(() => toldUnread() === 0);
  expect(await tellings()).toEqual([]);
  socket.close();
});

test('who has visits kept no longer reads notifications by the inbox alone, and sees again what visits had read', async () => {
  const here = await asked('private-asker');
  const { asker, post } = here;
  await answer(here);
  await opens(asker, post);
  await until(async () => (await unreadOf(asker)) === 0);
  const headers = { cookie: `colloquy_session=${asker.token}`, 'content-type': 'application/x-www-form-urlencoded' };
  await forum.call('POST', '/settings/notifications/visits', { headers, raw: 'kept=0' });
  const reply = await answer(here);
  await opens(asker, post);
  expect(await unreadOf(asker)).toBe(2);
  const path = '/api/v1/notifications/read';
  const read = await forum.done('PUT', path, { token: asker.token, body: { upTo: reply.position } });
  expect(read).toEqual({ unread: 0 });
});
