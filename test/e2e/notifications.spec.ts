import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Comment, Notification, NotificationList, Post, QueueAnswer } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let admin: TestMember;
let moderator: TestMember;
let post: Post;
let asker: TestMember;
let answerer: TestMember;
let follower: TestMember;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  moderator = await forum.member('the-moderator', ['moderator']);
  [asker, answerer, follower] = [
    await forum.member('asker'),
    await forum.member('answerer'),
    await forum.member('follower'),
  ];
});
afterAll(() => forum.close());

const listOf = (by: TestMember, query = ''): Promise<NotificationList> =>
  forum.done('GET', `/api/v1/notifications${query}`, { token: by.token });
const itemsOf = async (by: TestMember): Promise<readonly Notification[]> => (await listOf(by, '?limit=100')).items;
const does = (by: TestMember, method: string, path: string, body?: object) =>
  forum.call(method, `/api/v1${path}`, { token: by.token, ...(body === undefined ? {} : { body }) });
const fresh = async (): Promise<Post> => {
  post = await forum.publish(admin, { title: `A post ${newId()}` });
  return post;
};
const decide = (comment: Comment, action: string) =>
  forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: moderator.token,
    body: { action, revision: comment.revision },
  });
const kindsOf = async (by: TestMember): Promise<readonly string[]> =>
  (await itemsOf(by)).filter((item) => item.post?.id === post.id).map(({ kind }) => kind);

describe('a member is told', () => {
  test('of an answer, once, with who wrote it and what; and not of what oneself wrote', async () => {
    await fresh();
    const root = await forum.comment(asker, post.id, { body: 'A question' });
    const said = await forum.comment(answerer, post.id, { parentId: root.id, body: 'An **answer**' });
    await forum.comment(asker, post.id, { parentId: root.id, body: 'My own' });
    const { items, unread } = await listOf(asker);
    expect(items.filter((item) => item.post?.id === post.id)).toEqual([
      {
        position: said.position,
        kind: 'reply',
        at: expect.any(String),
        read: false,
        post: { id: post.id, slug: post.slug, title: post.title },
        comment: { id: said.id, author: said.author, excerpt: 'An answer' },
        outcome: null,
      },
    ]);
    expect(unread).toBe(1);
    // Who answers follows the discussion.
    expect(await kindsOf(answerer)).toEqual(['followed']);
  });

  test('of all that is said where one follows, until one follows no longer', async () => {
    await fresh();
    const path = `/posts/${post.id}/follow`;
    expect((await does(follower, 'PUT', path)).body).toEqual({ postId: post.id, following: true, muted: false });
    await forum.comment(asker, post.id);
    expect((await does(follower, 'DELETE', path)).body).toMatchObject({ following: false });
    await forum.comment(asker, post.id);
    expect(await kindsOf(follower)).toEqual([]);
    await does(follower, 'PUT', path);
    await forum.comment(follower, post.id);
    await forum.comment(asker, post.id);
    expect(await kindsOf(follower)).toEqual(['followed']);
  });

  test('of nothing in a discussion that is muted, and nothing by somebody who is ignored', async () => {
    await fresh();
    const root = await forum.comment(asker, post.id);
    await forum.comment(answerer, post.id, { parentId: root.id });
    await does(asker, 'PUT', `/posts/${post.id}/mute`);
    expect(await kindsOf(asker)).toEqual([]);
    await does(asker, 'DELETE', `/posts/${post.id}/mute`);
    expect(await kindsOf(asker)).toEqual(['reply']);
    await does(asker, 'PUT', `/members/${answerer.member.id}/ignore`);
    expect(await kindsOf(asker)).toEqual([]);
    await does(asker, 'DELETE', `/members/${answerer.member.id}/ignore`);
    expect(await kindsOf(asker)).toEqual(['reply']);
  });

  test('of nothing held, removed or hidden; of what is released only then', async () => {
    await fresh();
    const root = await forum.comment(asker, post.id);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const sanctions = `/members/${answerer.member.id}/sanctions`;
    await does(moderator, 'POST', sanctions, { kind: 'pre-moderation', reason: 'spam', until });
    const held = await forum.comment(answerer, post.id, { parentId: root.id });
    expect(held.status).toBe('held');
    expect(await kindsOf(asker)).toEqual([]);
    const before = await forum.comment(moderator, post.id);
    const { items } = await forum.done<QueueAnswer>('GET', '/api/v1/moderation/queue?list=held', {
      token: moderator.token,
    });
    expect(items.map(({ comment }) => comment.id)).toContain(held.id);
    await decide(held, 'approve');
    const [told] = (await itemsOf(asker)).filter(({ kind }) => kind === 'reply');
    expect(told?.comment?.id).toBe(held.id);
    expect(BigInt(told?.position ?? '0')).toBeGreaterThan(BigInt(before.position));
    const shown = await forum.done<Comment>('GET', `/api/v1/comments/${held.id}`);
    await decide(shown, 'remove');
    expect(await kindsOf(asker)).not.toContain('reply');
    await does(moderator, 'DELETE', `${sanctions}/pre-moderation`);
  });

  test('of a mention, once, by the first text that names one, and not by somebody who is ignored', async () => {
    await fresh();
    const said = await forum.comment(answerer, post.id, { body: 'Ask @Asker, @nobody-here or `@follower`' });
    expect(said.bodyHtml).toContain('<a href="/members/Asker"');
    expect((await itemsOf(asker))[0]).toMatchObject({ kind: 'mention', read: false, comment: { id: said.id } });
    const edit = { body: 'Ask @asker and @follower', revision: said.revision };
    const edited = await does(answerer, 'PATCH', `/comments/${said.id}`, edit);
    expect(edited).toMatchObject({ status: 200, body: { body: edit.body } });
    expect(await does(answerer, 'PATCH', `/comments/${said.id}`, edit)).toMatchObject({ status: 200 });
    expect(await kindsOf(asker)).toEqual(['mention']);
    expect(await kindsOf(follower)).toEqual(['mention']);
    await does(follower, 'PUT', `/members/${answerer.member.id}/ignore`);
    expect(await kindsOf(follower)).toEqual([]);
    await does(follower, 'DELETE', `/members/${answerer.member.id}/ignore`);
    const names = Array.from({ length: 800 }, (_, n) => `@nobody${n}`).join(' ');
    expect((await forum.comment(answerer, post.id, { body: names })).status).toBe('visible');
  });

  test('of decisions on what one wrote, of sanctions, and of what became of a report', async () => {
    await fresh();
    const said = await forum.comment(answerer, post.id);
    await does(asker, 'POST', `/comments/${said.id}/reports`, { reason: 'spam' });
    await decide(said, 'remove');
    const sanction = { kind: 'warning', reason: 'spam', statement: 'No more of this' };
    await does(moderator, 'POST', `/members/${answerer.member.id}/sanctions`, sanction);
    const [warned, decision] = await itemsOf(answerer);
    expect([warned, decision]).toMatchObject([
      { kind: 'sanction', outcome: 'warning', comment: null },
      { kind: 'decision', outcome: 'removed', comment: { id: said.id, author: null, excerpt: null } },
    ]);
    expect((await itemsOf(asker))[0]).toMatchObject({ kind: 'answer', outcome: 'removed', comment: { id: said.id } });
  });
});

test('what was seen is read, and nothing that happens later', async () => {
  const reader = await forum.member('reader');
  await fresh();
  await does(reader, 'PUT', `/posts/${post.id}/follow`);
  const [one, other] = [await forum.comment(asker, post.id), await forum.comment(asker, post.id)];
  expect((await does(reader, 'PUT', '/notifications/read', { upTo: one.position })).body).toEqual({ unread: 1 });
  expect((await itemsOf(reader)).map(({ position, read }) => [position, read])).toEqual([
    [other.position, false],
    [one.position, true],
  ]);
  expect((await does(reader, 'PUT', '/notifications/read', { upTo: '9000000000000000000' })).body).toEqual({
    unread: 0,
  });
  await forum.comment(asker, post.id);
  expect(await listOf(reader, '?filter=unread')).toMatchObject({ items: [{ read: false }], unread: 1 });
});

test('the list has pages, which hold each notification once', async () => {
  const reader = await forum.member('page-reader');
  const posts = [await fresh(), await fresh(), await fresh()];
  for (const { id } of posts) await does(reader, 'PUT', `/posts/${id}/follow`);
  const own = await forum.comment(reader, post.id);
  const said: string[] = [];
  for (let n = 0; n < 12; n += 1) {
    const parts = n % 4 === 0 ? { parentId: own.id } : {};
    const place = n % 4 === 0 ? post.id : (posts[n % 3]?.id ?? '');
    said.unshift((await forum.comment(asker, place, parts)).id);
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: NotificationList = await listOf(reader, `?limit=5${cursor === null ? '' : `&cursor=${cursor}`}`);
    seen.push(...page.items.map(({ comment }) => comment?.id ?? ''));
    cursor = page.next;
  } while (cursor !== null);
  expect(seen).toEqual(said);
  expect((await does(reader, 'GET', '/notifications?cursor=zzzz')).status).toBe(400);
});

test('the ways are chosen kind by kind, quiet hours in one’s own zone', async () => {
  const chooser = await forum.member('chooser');
  const path = '/members/me/notifications';
  expect((await does(chooser, 'GET', path)).body).toMatchObject({
    ways: { reply: ['inbox', 'mail'], followed: ['inbox'] },
    followOwn: true,
    quietHours: null,
    timeZone: null,
  });
  const wish = {
    ways: { reply: ['push', 'weekly'], followed: [] },
    followOwn: false,
    quietHours: { from: '22:00', to: '07:00' },
    timeZone: 'Asia/Bangkok',
  };
  expect((await does(chooser, 'PUT', path, wish)).body).toMatchObject({
    ...wish,
    ways: { ...wish.ways, reply: ['weekly', 'push'], mention: ['inbox', 'mail'] },
  });
  await fresh();
  const own = await forum.comment(chooser, post.id);
  await forum.comment(asker, post.id);
  await forum.comment(asker, post.id, { parentId: own.id });
  // Neither follows by commenting, nor has answers in the inbox.
  expect(await itemsOf(chooser)).toEqual([]);
  for (const wrong of [
    { timeZone: 'Mars/Base' },
    { quietHours: { from: '25:00', to: '07:00' } },
    { ways: { reply: ['pigeon'] } },
    { ways: { gossip: ['inbox'] } },
  ]) {
    expect(await does(chooser, 'PUT', path, wrong)).toMatchObject({ status: 400, body: { code: 'invalid' } });
  }
});

test('nobody follows what readers cannot see, or is told without an account', async () => {
  expect((await does(asker, 'PUT', `/posts/${newId()}/follow`)).status).toBe(404);
  expect((await does(asker, 'PUT', `/members/${newId()}/ignore`)).status).toBe(404);
  expect((await does(asker, 'PUT', `/members/${asker.member.id}/ignore`)).status).toBe(404);
  expect((await forum.call('GET', '/api/v1/notifications')).status).toBe(401);
});

test('a rebuild of the view is the same', async () => {
  expect(await forum.forum.views.verify('notifications')).toMatchObject({ equal: true });
});
