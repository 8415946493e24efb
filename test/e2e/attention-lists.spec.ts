import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AttendedDiscussion, IgnoredMember, Page, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let admin: TestMember;
let reader: TestMember;
let posts: readonly Post[];

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  reader = await forum.member('reader');
  posts = [];
  for (let n = 0; n < 3; n += 1) posts = [...posts, await forum.publish(admin, { title: `Post ${n}` })];
});
afterAll(() => forum.close());

const listOf = <Item>(list: string, query = '', by: TestMember = reader) =>
  forum.done<Page<Item>>('GET', `/api/v1/members/me/${list}${query}`, { token: by.token });
const pageOf = async (path: string, form?: Readonly<Record<string, string>>) => {
  const answer = await fetch(`${forum.url}${path}`, {
    redirect: 'manual',
    headers: { cookie: `colloquy_session=${reader.token}`, origin: forum.url },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
};
const put = (path: string) => forum.call('PUT', `/api/v1${path}`, { token: reader.token });

test('what one follows and mutes is listed by pages, the newest first; what is withdrawn keeps its place without its title', async () => {
  for (const { id } of posts) {
    await put(`/posts/${id}/follow`);
    await put(`/posts/${id}/mute`);
  }
  for (const list of ['follows', 'mutes']) {
    const first = await listOf<AttendedDiscussion>(list, '?limit=2');
    expect(first.items.map(({ post }) => post?.title)).toEqual(['Post 2', 'Post 1']);
    const rest = await listOf<AttendedDiscussion>(list, `?limit=2&cursor=${first.next}`);
    expect(rest).toEqual({
      items: [{ postId: posts[0]?.id, post: expect.objectContaining({ title: 'Post 0' }) }],
      next: null,
    });
    expect(await listOf(list, '', admin)).toEqual({ items: [], next: null });
    const foreign = list === 'follows' ? 'mutes' : 'follows';
    const mixed = await forum.call('GET', `/api/v1/members/me/${foreign}?cursor=${first.next}`, {
      token: reader.token,
    });
    expect(mixed).toMatchObject({ status: 400, body: { code: 'invalid' } });
  }
  await forum.done('POST', `/api/v1/posts/${posts[1]?.id}/withdraw`, { token: admin.token });
  expect((await listOf<AttendedDiscussion>('follows')).items.map(({ post }) => post?.title ?? null)).toEqual([
    'Post 2',
    null,
    'Post 0',
  ]);
  expect((await pageOf('/settings/attention')).text).not.toContain('Post 1');
  expect(await forum.call('GET', '/api/v1/members/me/follows')).toMatchObject({ status: 401 });
});

test('each is ended on the page, without a program, also where the discussion is gone', async () => {
  const ended = await pageOf('/settings/attention', { act: 'unfollow', id: posts[1]?.id ?? '' });
  expect(ended).toMatchObject({
    status: 303,
    location: expect.stringContaining('/settings/attention?done=attentionEnded'),
  });
  await pageOf('/settings/attention', { act: 'unmute', id: posts[2]?.id ?? '' });
  const { text } = await pageOf(ended.location);
  expect(text.match(/name="act" value="\w+"/g)).toEqual([
    // Of those that are followed one is muted: it stands among the muted alone.
    'name="act" value="unfollow"',
    ...Array(2).fill('name="act" value="unmute"'),
  ]);
  expect(text).toContain('It is off the list.');
  expect(await pageOf('/settings/attention', { act: 'unmute', id: 'nothing' })).toMatchObject({ status: 404 });
  expect(await pageOf('/settings/attention', { act: 'erase', id: posts[0]?.id ?? '' })).toMatchObject({ status: 400 });
});

test('a member is ignored on its page, listed, and heeded again', async () => {
  const loud = await forum.member('loud');
  const path = '/members/loud';
  expect((await pageOf(path)).text).toContain('value="ignore"');
  const done = await pageOf('/settings/attention', { act: 'ignore', id: loud.member.id, back: path });
  expect(done).toMatchObject({ status: 303, location: expect.stringContaining(`${path}?done=ignored`) });
  expect((await pageOf(done.location)).text).toContain('value="heed"');
  const { items } = await listOf<IgnoredMember>('ignores');
  expect(items).toEqual([{ memberId: loud.member.id, member: expect.objectContaining({ handle: 'loud' }) }]);
  expect((await pageOf('/settings/attention')).text).toContain(`href="${path}"`);
  await pageOf('/settings/attention', { act: 'heed', id: loud.member.id, back: 'https://elsewhere.example/' });
  expect((await listOf('ignores')).items).toEqual([]);
  expect((await pageOf('/members/reader')).text).not.toContain('value="ignore"');
});

test('the page is found from the inbox and from the settings, and is the own one alone', async () => {
  for (const path of ['/notifications', '/settings/notifications', '/settings']) {
    expect((await pageOf(path)).text).toContain('href="/settings/attention"');
  }
  const stranger = await fetch(`${forum.url}/settings/attention`, { redirect: 'manual' });
  expect(stranger.status).toBe(303);
});
