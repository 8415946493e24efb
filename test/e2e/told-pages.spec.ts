import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Notification, NotificationPreferences } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';
import type { TestSocket } from '../support/live-socket.ts';

let live: LiveForum;
let asker: TestMember;

beforeAll(async () => {
  live = await startLiveForum();
  asker = await live.forum.member('asker');
});
afterAll(() => live.forum.close());
afterEach(() => live.closeSockets());

const newsOf = (socket: TestSocket): readonly Notification[] =>
  socket.of('notifications:changes').flatMap(({ changes }) => changes);
const idsOf = (news: readonly Notification[]): readonly (string | undefined)[] =>
  news.map(({ comment }) => comment?.id);
const pageOf = async (by: TestMember, path: string, form?: Readonly<Record<string, string>>) => {
  const answer = await fetch(`${live.forum.url}${path}`, {
    redirect: 'manual',
    headers: { cookie: `colloquy_session=${by.token}`, origin: live.forum.url },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  return { status: answer.status, location: answer.headers.get('location'), text: await answer.text() };
};

test('both connections of a member hear of each answer once, and of what was read; nobody else does', async () => {
  const postId = await live.post();
  const root = await live.forum.comment(asker, postId);
  const [one, other] = [await live.connect({ token: asker.token }), await live.connect({ token: asker.token })];
  const stranger = await live.connect({ token: live.reader.token });
  for (const socket of [one, other, stranger]) {
    expect(await socket.ask('notifications:join', {})).toMatchObject({ changes: [], reload: false });
  }
  const said = [
    await live.forum.comment(live.writer, postId, { parentId: root.id }),
    await live.forum.comment(live.writer, postId, { parentId: root.id }),
  ];
  for (const socket of [one, other]) {
    await socket.until(() => newsOf(socket).length >= 2);
    expect(idsOf(newsOf(socket))).toEqual(said.map(({ id }) => id));
    expect(socket.of('notifications:changes').at(-1)?.unread).toBe(2);
  }
  const upTo = said[1]?.position;
  await live.forum.done('PUT', '/api/v1/notifications/read', { token: asker.token, body: { upTo } });
  await other.until(() => other.of('notifications:changes').at(-1)?.unread === 0);
  expect(newsOf(stranger)).toEqual([]);
  const reader = await live.connect();
  expect(await reader.send('notifications:join', {})).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
});

test('whoever comes back hears what was missed, and nothing twice', async () => {
  const postId = await live.post();
  const root = await live.forum.comment(asker, postId);
  const first = await live.connect({ token: asker.token });
  const { position } = await first.ask('notifications:join', {});
  first.close();
  const missed = await live.forum.comment(live.writer, postId, { parentId: root.id });
  const again = await live.connect({ token: asker.token });
  const answer = await again.ask('notifications:join', { after: position });
  expect(idsOf(answer.changes)).toEqual([missed.id]);
  const next = await live.forum.comment(live.writer, postId, { parentId: root.id });
  await again.until(() => newsOf(again).length > 0);
  expect(idsOf(newsOf(again))).toEqual([next.id]);
});

test('every page shows how much is unread, before any program; the page of notifications is whole without one', async () => {
  const member = await live.forum.member('page-reader');
  const post = await live.forum.publish(live.editor, { title: 'Ferries & bridges' });
  const other = await live.forum.publish(live.editor, { title: 'Read without reading that one' });
  const root = await live.forum.comment(member, post.id);
  const badge = /<span class="unread-count"( hidden)?[^>]*><span data-number[^>]*>(\d+\+?)<\/span>/;
  expect((await pageOf(member, '/')).text).toMatch(/class="unread-count" hidden/);
  const said = await live.forum.comment(live.writer, post.id, { parentId: root.id, body: 'By *boat*' });
  for (const path of ['/', `/posts/${other.slug}`, '/settings', '/notifications', '/archive']) {
    expect([path, badge.exec((await pageOf(member, path)).text)?.slice(1)]).toEqual([path, [undefined, '1']]);
  }
  const { text } = await pageOf(member, '/notifications?filter=unread');
  expect(text).toContain(`href="/posts/${post.slug}#comment-${said.id}"`);
  expect(text).toContain('answered you in “Ferries &amp; bridges”');
  expect(text).toContain('By boat');

  const read = await pageOf(member, '/notifications/read', { upTo: said.position });
  expect(read).toMatchObject({ status: 303, location: expect.stringContaining('/notifications?done=read') });
  expect((await pageOf(member, '/notifications')).text).toMatch(/class="unread-count" hidden/);
  expect((await pageOf(member, '/notifications?filter=unread')).text).toContain('You have read everything.');
  await pageOf(member, '/notifications/attention', { post: post.id });
  expect((await pageOf(member, '/notifications')).text).not.toContain('By boat');
  expect((await fetch(`${live.forum.url}/notifications`, { redirect: 'manual' })).status).toBe(303);
});

test('a discussion is followed and muted on its page, without a program', async () => {
  const member = await live.forum.member('follower');
  const post = await live.forum.publish(live.editor, { title: 'Bridges' });
  const path = `/posts/${post.slug}`;
  const acts = async (): Promise<readonly (string | undefined)[]> =>
    [...(await pageOf(member, path)).text.matchAll(/name="act" value="(\w+)"/g)].map(([, act]) => act);
  const press = (act: string) => pageOf(member, '/notifications/attention', { post: post.id, frame: 'post', act });
  expect(await acts()).toEqual(['follow', 'mute']);
  expect(await press('follow')).toMatchObject({
    status: 303,
    location: expect.stringMatching(`^${path}.*#discussion$`),
  });
  expect(await acts()).toEqual(['unfollow', 'mute']);
  await press('mute');
  expect(await acts()).toEqual(['unmute']);
  await press('unfollow');
  await press('unmute');
  expect(await acts()).toEqual(['follow', 'mute']);
  const frame = '/embed?url=https%3A%2F%2Fblog.example%2F';
  const back = await pageOf(member, '/notifications/attention', { post: post.id, frame, act: 'mute' });
  expect(back.location).toMatch(/^\/embed\?url=https%3A%2F%2Fblog\.example%2F/);
  expect((await fetch(`${live.forum.url}${path}`).then((answer) => answer.text())).includes('name="act"')).toBe(false);
});

test('the settings are a form like any other, and say what is wrong', async () => {
  const member = await live.forum.member('chooser');
  const path = '/settings/notifications';
  expect((await pageOf(member, path)).text).not.toContain('queue.inbox');
  expect((await pageOf(live.editor, path)).text).toContain('queue.inbox');
  const form = { 'reply.mails': 'daily', 'mention.inbox': '1', from: '22:00', to: '07:00', zone: 'Asia/Bangkok' };
  expect((await pageOf(member, path, form)).status).toBe(303);
  const chosen = await live.forum.done('GET', '/api/v1/members/me/notifications', { token: member.token });
  expect(chosen).toMatchObject({
    ways: { reply: ['daily'], mention: ['inbox'], followed: [], queue: ['inbox'] },
    followOwn: false,
    quietHours: { from: '22:00', to: '07:00' },
    timeZone: 'Asia/Bangkok',
  });
  const wrong = await pageOf(member, path, { ...form, zone: 'Nowhere/Land' });
  expect(wrong.status).toBe(400);
  expect(wrong.text).toContain('id="zone-error"');
  expect((await pageOf(member, path, { ...form, from: '7' })).text).toContain('id="from-error"');
  for (const missing of ['from', 'to']) {
    const half = await pageOf(member, path, { ...form, [missing]: '' });
    expect(half.status).toBe(400);
    expect(half.text).toMatch(new RegExp(`id="${missing}-error"[^>]*>Give both times, or none\\.<`));
  }
});

test('one kind is told of by one mail at most, of which the page shows the first and takes one', async () => {
  const member = await live.forum.member('many-mails');
  const [path, api] = ['/settings/notifications', '/api/v1/members/me/notifications'];
  const body = { ways: { reply: ['weekly', 'push', 'mail', 'inbox'], mention: [] } };
  const { ways } = await live.forum.done<NotificationPreferences>('PUT', api, { token: member.token, body });
  expect(ways.reply).toEqual(['inbox', 'mail', 'weekly', 'push']);
  const chosen = async (kind: string) =>
    [
      ...(await pageOf(member, path)).text.matchAll(
        /<input type="radio" name="(\w+)\.mails" value(?:="(\w+)")? checked/g,
      ),
    ]
      .filter(([, of]) => of === kind)
      .map(([, , way = '']) => way);
  expect([await chosen('reply'), await chosen('mention')]).toEqual([['mail'], ['']]);

  const form = { 'reply.mails': 'weekly', 'reply.push': '1', 'mention.inbox': '1', 'mention.mails': 'perhaps' };
  expect((await pageOf(member, path, form)).status).toBe(303);
  const kept = await live.forum.done<NotificationPreferences>('GET', api, { token: member.token });
  expect([kept.ways.reply, kept.ways.mention]).toEqual([['weekly', 'push'], ['inbox']]);
});

test('time zones are listed by region under the names of today, with the hours they lead by', async () => {
  const member = await live.forum.member('in-saigon');
  const [path, api] = ['/settings/notifications', '/api/v1/members/me/notifications'];
  const body = { timeZone: 'Asia/Saigon' };
  const kept = await live.forum.done<NotificationPreferences>('PUT', api, { token: member.token, body });
  expect(kept.timeZone).toBe('Asia/Ho_Chi_Minh');
  const { text } = await pageOf(member, path);
  expect(text).toMatch(
    /<optgroup label="Asia">[\s\S]*<option[^>]*value="Asia\/Yangon"[^>]*>Yangon, UTC\+6:30<\/option>/,
  );
  expect(text).toMatch(/<option[^>]* selected[^>]*>Ho Chi Minh, UTC\+7<\/option>/);
  expect(text).not.toMatch(/Saigon|Rangoon|Calcutta/);
});
