import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let editor: TestMember;
let reader: TestMember;

beforeAll(async () => {
  forum = await startForum();
  editor = await forum.member('the-editor', ['editor']);
  reader = await forum.member('the-reader');
});
afterAll(() => forum.close());

const change = (post: Pick<Post, 'id'>, body: object): Promise<Answer> =>
  forum.call('PATCH', `/api/v1/posts/${post.id}`, { token: editor.token, body });
const rename = async (post: Pick<Post, 'id'>, slug: string): Promise<Post> =>
  forum.done('PATCH', `/api/v1/posts/${post.id}`, { token: editor.token, body: { slug } });
/** The status, and where it leads. */
const led = async (path: string, by?: TestMember): Promise<readonly [number, string | null]> => {
  const { status, headers } = await forum.call('GET', path, { token: by?.token });
  return [status, headers.get('location')];
};
const form = (path: string, by: TestMember, fields: Readonly<Record<string, string>>) =>
  forum.call('POST', path, {
    token: by.token,
    raw: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

test('all addresses of before lead to the present one for good, with what is below them and what they ask for', async () => {
  const post = await forum.publish(editor, { title: 'Two rivers' });
  await forum.comment(reader, post.id);
  expect(await rename(post, 'Three Rivers')).toMatchObject({ id: post.id, slug: 'three-rivers' });
  expect(await rename(post, 'ประเทศ')).toMatchObject({ slug: 'ประเทศ', editedAt: expect.any(String) });
  const now = `/posts/${encodeURIComponent('ประเทศ')}`;
  expect((await led(now))[0]).toBe(200);
  for (const slug of ['two-rivers', 'three-rivers'])
    for (const rest of ['', '/feed.xml', '/feed.atom', '/feed.json', '?sort=newest&at=2020-01-01T00%3A00%3A00Z'])
      expect(await led(`/posts/${slug}${rest}`)).toEqual([301, `${now}${rest}`]);
  for (const [rest, file] of [
    ['/feed', 'feed.xml'],
    ['/feed/', 'feed.xml'],
    ['/feed/atom', 'feed.atom'],
    ['/rss', 'feed.xml'],
    ['?feed=atom', 'feed.atom'],
  ] as const)
    expect(await led(`/posts/two-rivers${rest}`)).toEqual([301, `${now}/${file}`]);
  for (const rest of ['/revisions', '/edit', '/withdraw'])
    expect(await led(`/posts/two-rivers${rest}`, editor)).toEqual([301, `${now}${rest}`]);
  expect(await led('/api/v1/posts/two-rivers')).toEqual([301, `/api/v1${now}`]);
  const { headers } = await forum.call('GET', '/posts/two-rivers');
  expect(headers.get('cache-control')).toBe('no-store');
  const asked = `/oembed?url=${encodeURIComponent(`${forum.url}/posts/two-rivers`)}`;
  expect(await forum.done('GET', asked)).toMatchObject({ html: expect.stringContaining(now) });
  expect((await forum.call('GET', '/sitemap.xml')).body).toContain(now);
  expect((await forum.call('GET', '/')).body).not.toContain('/posts/two-rivers');
});

test('an address of before stays with its post, also when that is withdrawn, and comes back without a loop', async () => {
  const post = await forum.publish(editor, { title: 'First name' });
  await rename(post, 'second-name');
  expect((await forum.publish(editor, { title: 'First name' })).slug).toBe('first-name-2');
  const other = await forum.publish(editor, { title: 'Another' });
  for (const slug of ['first-name', 'second-name']) {
    expect(await change(other, { slug, title: 'Changed' })).toMatchObject({
      status: 409,
      body: { code: 'slug_taken', errors: [{ field: 'slug' }] },
    });
  }
  expect(await forum.done('GET', `/api/v1/posts/${other.id}`)).toMatchObject({ slug: 'another', title: 'Another' });
  expect(await rename(post, 'first-name')).toMatchObject({ slug: 'first-name' });
  expect(await led('/posts/first-name')).toEqual([200, null]);
  expect(await led('/posts/second-name')).toEqual([301, '/posts/first-name']);
  await forum.done('POST', `/api/v1/posts/${post.id}/withdraw`, { token: editor.token, body: {} });
  for (const slug of ['first-name', 'second-name']) {
    expect(await led(`/posts/${slug}`)).toEqual([404, null]);
    expect(await led(`/api/v1/posts/${slug}`)).toEqual([404, null]);
  }
  expect(await led('/posts/second-name', editor)).toEqual([301, '/posts/first-name']);
});

test('editors see among the revisions which addresses a post had, and bring back no text that is the same', async () => {
  const post = await forum.publish(editor, { title: 'Old name' });
  await rename(post, 'new-name');
  const page = String((await forum.call('GET', '/posts/new-name/revisions', { token: editor.token })).body);
  expect(page).toMatch(/Address:.*<del[^>]*>.*old-name.*<ins[^>]*>.*new-name/s);
  expect(page.match(/<li>/g)).toHaveLength(2);
  expect(page).not.toContain('name="revision"');
});

test('a change that is refused takes no address, and loses none', async () => {
  const post = await forum.publish(editor, { title: 'Refused' });
  await rename(post, 'refused-now');
  const stale = { slug: 'never', title: 'Stale', revision: 0 };
  expect((await change(post, stale)).status).toBe(409);
  expect((await change(post, { ...stale, slug: 'refused' })).status).toBe(409);
  expect((await change(post, { slug: 'never', title: ' ' })).status).toBe(400);
  const other = await forum.publish(editor, { title: 'Never' });
  expect([other.slug, (await forum.publish(editor, { title: 'Refused' })).slug]).toEqual(['never', 'refused-2']);
  expect(await led('/posts/refused')).toEqual([301, '/posts/refused-now']);
});

test('two posts that want one address at once: one gets it', async () => {
  const posts = [await forum.publish(editor), await forum.publish(editor), await forum.publish(editor)];
  const told = await Promise.all(posts.map((post) => change(post, { slug: 'wanted' })));
  expect(told.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  expect((await led('/posts/wanted'))[0]).toBe(200);
});

test('a post that was published again by its writer is the same one, whatever its address is now', async () => {
  const wish = { id: crypto.randomUUID(), title: 'Sent twice', body: 'Its text.' };
  const post = await forum.publish(editor, wish);
  await rename(post, 'sent-once');
  expect(await forum.publish(editor, wish)).toMatchObject({ id: post.id, slug: 'sent-once' });
});

test('a form that was drawn before arrives where the post is now, and a page kept for all is not shown again', async () => {
  const post = await forum.publish(editor, { title: 'Drawn before' });
  const page = '/posts/drawn-before';
  expect((await led(page))[0]).toBe(200);
  await rename(post, 'drawn-after');
  expect(await led(page)).toEqual([301, '/posts/drawn-after']);
  const sent = await form(`${page}/comments`, reader, { body: 'Said at an old address' });
  expect([sent.status, sent.headers.get('location')]).toEqual([308, '/posts/drawn-after/comments']);
  expect((await form('/posts/drawn-after/comments', reader, { body: 'Said' })).status).toBe(303);
  expect((await form('/posts/never-there/comments', reader, { body: 'Said' })).status).toBe(404);
});

test('an editor changes it on the page, and is told at the field when it is taken', async () => {
  const post = await forum.publish(editor, { title: 'On a page' });
  await forum.publish(editor, { title: 'Taken' });
  const edit = `/posts/${post.slug}/edit`;
  const shown = String((await forum.call('GET', edit, { token: editor.token })).body);
  expect(shown).toMatch(/name="slug"[^>]*value="on-a-page"|value="on-a-page"[^>]*name="slug"/);
  const fields = {
    do: 'publish',
    title: 'On a page',
    body: 'Its text.',
    revision: String(post.revision),
    locale: 'en',
  };
  const refused = await form(edit, editor, { ...fields, slug: 'taken' });
  expect(refused.status).toBe(409);
  expect(refused.body).toContain('Another post has this address, or had it before.');
  const saved = await form(edit, editor, { ...fields, slug: 'On another page' });
  expect([saved.status, saved.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(/^\/posts\/on-another-page/),
  ]);
  expect(await led('/posts/on-a-page')).toEqual([301, '/posts/on-another-page']);
  const draft = { token: editor.token, body: { title: 'On a page', body: 'Its text.', slug: 'wished' } };
  expect((await forum.call('PUT', `/api/v1/post-drafts/${post.id}`, draft)).status).toBe(200);
});
