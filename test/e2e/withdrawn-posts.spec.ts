import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Comment, LogEntry, Page, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let editor: TestMember;
let reader: TestMember;
let post: Post;
let answer: Comment;

const TITLE = 'A post that comes and goes';
const WORDS = 'Said-under-what-goes';

beforeAll(async () => {
  forum = await startForum();
  const admin = await forum.admin();
  editor = await forum.member('the-editor', ['editor']);
  reader = await forum.member('the-reader');
  await forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { embedOrigins: ['https://blog.example'] } });
  post = await forum.publish(editor, { title: TITLE, tags: ['Rivers'], publishAt: '2016-02-03T00:00:00Z' });
  const own = await forum.comment(reader, post.id, { body: 'A question.' });
  answer = await forum.comment(editor, post.id, { parentId: own.id, body: WORDS });
});
afterAll(() => forum.close());

const does = (act: 'withdraw' | 'bring-back') =>
  forum.done<Post>('POST', `/api/v1/posts/${post.id}/${act}`, { token: editor.token, body: {} });
const text = async (path: string, by?: TestMember): Promise<string> => {
  const { status, body } = await forum.call('GET', path, by && { token: by.token });
  return status === 200 ? (typeof body === 'string' ? body : JSON.stringify(body)) : `${status}`;
};

/** Everything that names the post, or what was said under it. */
const NAMING = [
  '/',
  '/archive/2016/02',
  '/tags/Rivers',
  '/api/v1/search?q=comes+goes',
  '/members/the-editor',
  '/members/the-reader',
  '/feed.xml',
  '/feed.json',
  '/tags/rivers/feed.atom',
  '/members/the-reader/feed.xml',
  '/sitemap.xml',
  '/api/v1/posts?month=2016-02',
  '/api/v1/posts/recent-comments',
] as const;
const OWN = (): readonly string[] => [
  `/posts/${post.slug}`,
  `/posts/${post.slug}/feed.xml`,
  `/api/v1/posts/${post.slug}`,
  `/api/v1/posts/${post.id}/comments`,
  `/api/v1/comments/${answer.id}`,
  `/comments/${answer.id}/history`,
  `/oembed?url=${encodeURIComponent(`${forum.url}/posts/${post.slug}`)}`,
];

async function seen(by?: TestMember): Promise<readonly string[]> {
  const marks = [post.slug, TITLE, WORDS];
  const texts = await Promise.all([...NAMING, ...OWN()].map(async (path) => [path, await text(path, by)] as const));
  return texts.filter(([, shown]) => marks.some((mark) => shown.includes(mark))).map(([path]) => path);
}

test('a withdrawn post is found nowhere by readers, and brought back everywhere where it was, with its discussion', async () => {
  const everywhere = [...NAMING, ...OWN()];
  expect(await seen()).toEqual(everywhere);
  await does('withdraw');
  expect(await seen()).toEqual([]);
  expect(await text('/archive')).not.toContain('/archive/2016/02');
  const told = async () => (await forum.done<{ unread: number }>('GET', '/api/v1/notifications', reader)).unread;
  expect(await told()).toBe(0);
  const back = await does('bring-back');
  expect(back).toMatchObject({ status: 'published', slug: post.slug, publishedAt: post.publishedAt, commentCount: 2 });
  expect(await seen()).toEqual(everywhere);
  expect(await text('/archive')).toContain('/archive/2016/02');
  expect(await told()).toBe(1);
  expect((await forum.comment(reader, post.id, { parentId: answer.id, body: 'Thanks.' })).status).toBe('visible');
});

test('while it is withdrawn its address stays taken, and it is refused to be edited', async () => {
  await does('withdraw');
  expect((await forum.publish(editor, { title: TITLE })).slug).toBe(`${post.slug}-2`);
  const edit = { token: editor.token, body: { title: 'Another' } };
  expect(await forum.call('PATCH', `/api/v1/posts/${post.id}`, edit)).toMatchObject({ status: 409 });
  await does('bring-back');
  expect(await forum.call('PATCH', `/api/v1/posts/${post.id}`, edit)).toMatchObject({ status: 200 });
});

test('each is recorded once however often it is sent, and told in the log of what was done', async () => {
  const types = async () => {
    const { items } = await forum.done<Page<{ type: string }>>('GET', `/api/v1/audit/events?stream=post-${post.id}`, {
      token: (await forum.admin()).token,
    });
    return items.map(({ type }) => type).filter((type) => /Withdrawn|BroughtBack/.test(type));
  };
  const before = (await types()).length;
  for (const act of ['withdraw', 'withdraw', 'bring-back', 'bring-back'] as const) await does(act);
  expect((await types()).length - before).toBe(2);
  const { items } = await forum.done<Page<LogEntry>>('GET', `/api/v1/moderation/log?postId=${post.id}`, {
    token: (await forum.admin()).token,
  });
  expect(items.slice(0, 2).map(({ kind, postId }) => [kind, postId])).toEqual([
    ['post-brought-back', post.id],
    ['post-withdrawn', post.id],
  ]);
});

test('the page of another site, its count and its frame come back too', async () => {
  const url = 'https://blog.example/of-another-site';
  const page = await forum.done<Post>('PUT', '/api/v1/pages', { body: { url } });
  await forum.comment(reader, page.id);
  const counted = async () =>
    (await forum.done<{ counts: Record<string, number> }>('GET', `/api/v1/counts?url=${encodeURIComponent(url)}`))
      .counts[url];
  const acts = { withdraw: 0, 'bring-back': 1 } as const;
  for (const act of ['withdraw', 'bring-back'] as const) {
    await forum.done('POST', `/api/v1/posts/${page.id}/${act}`, { token: editor.token, body: {} });
    expect(await counted()).toBe(acts[act]);
    const frame = await forum.call('GET', `/embed?url=${encodeURIComponent(url)}`);
    expect(frame.status).toBe(act === 'withdraw' ? 404 : 200);
  }
});

const form = async (path: string, by: TestMember = editor) =>
  forum.call('POST', path, {
    token: by.token,
    raw: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

test('editors are asked before either, find what is withdrawn in a list, and need no script', async () => {
  const { slug } = await forum.publish(editor, { title: 'Asked about' });
  const path = `/posts/${slug}`;
  expect(await text(path, editor)).toContain(`href="${path}/withdraw"`);
  expect(await text(`${path}/edit`, editor)).toContain(`href="${path}/withdraw"`);
  expect(await text(`${path}/withdraw`, editor)).toContain('Withdraw this post?');
  expect(await text('/write/withdrawn', editor)).not.toContain('Asked about');
  expect((await form(`${path}/withdraw`)).headers.get('location')).toMatch(new RegExp(`^${path}\\?`));
  expect(await text(path)).toBe('404');
  expect(await text(path, editor)).toContain('This post is withdrawn');
  const edited = await text(`${path}/edit`, editor);
  expect([edited.includes('This post is withdrawn'), edited.includes('value="publish"')]).toEqual([true, false]);
  expect(await text('/write', editor)).toContain('href="/write/withdrawn"');
  expect(await text('/write/withdrawn', editor)).toContain(`href="${path}/bring-back"`);
  const asked = await text(`${path}/bring-back`, editor);
  expect([asked.includes('Bring this post back?'), asked.includes('It appears at the time')]).toEqual([true, false]);
  const { headers } = await form(`${path}/bring-back`);
  expect(await text(headers.get('location') ?? '', editor)).toContain('The post is there again, with its discussion.');
  expect(await text(path)).toContain('Asked about');
  for (const act of ['withdraw', 'bring-back']) {
    expect((await forum.call('GET', `${path}/${act}`, reader)).status).toBe(403);
    expect((await form(`${path}/${act}`, reader)).status).toBe(403);
  }
  expect((await forum.call('GET', '/write/withdrawn', reader)).status).toBe(403);
});

test('a scheduled post that was withdrawn and brought back comes at its time', async () => {
  const publishAt = new Date(Date.now() + 3_600_000).toISOString();
  const { id, slug } = await forum.publish(editor, { title: 'For later', publishAt });
  for (const act of ['withdraw', 'bring-back']) {
    await forum.done('POST', `/api/v1/posts/${id}/${act}`, { token: editor.token, body: {} });
    const asked = await text(`/posts/${slug}/bring-back`, editor);
    expect(asked.includes('It appears at the time')).toBe(act === 'withdraw');
  }
  expect(await forum.done('GET', `/api/v1/posts/${slug}`, editor)).toMatchObject({ status: 'scheduled' });
  expect(await text(`/posts/${slug}`)).toBe('404');
});
