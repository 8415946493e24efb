import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let mali: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const changes = (post: Post, body: object, by = mali): Promise<Post> =>
  site.forum.done('PATCH', `/api/v1/posts/${post.id}`, { token: by.token, body });

it('each text of a post is told against the one before, and an earlier one is brought back as a change', async () => {
  const linh = await site.forum.member('linh', ['editor']);
  const post = await site.forum.publish(mali, { title: 'First title', body: 'One river.', tags: ['water'] });
  await changes(post, { body: 'One wide river.', title: 'Second title' }, linh);
  await changes(post, { publishAt: '2015-10-05T08:00:00Z' });
  await changes(post, { tags: ['water', 'peace'] });
  const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
  await page.goto(`/posts/${post.slug}/edit`);
  await page.getByRole('link', { name: 'Revisions of a post' }).click();
  const entries = page.locator('.revisions > li');
  expect(await entries.count()).toBe(3);
  expect(await entries.nth(0).textContent()).toContain('as readers see it');
  expect(await entries.nth(1).textContent()).toContain('By Name of linh');
  expect(await entries.nth(1).locator('.diff ins').allTextContents()).toEqual([expect.stringContaining('wide')]);
  expect(await entries.nth(1).locator('bdi del').textContent()).toContain('First title');
  await entries.nth(2).getByRole('button', { name: 'Bring this text back' }).click();
  await page.waitForURL(`**/posts/${post.slug}?*`);
  const now = await site.forum.done<Post>('GET', `/api/v1/posts/${post.id}`);
  expect(now).toMatchObject({ title: 'First title', body: 'One river.', tags: ['water'] });
  await page.goto(`/posts/${post.slug}/revisions`);
  expect(await entries.count()).toBe(4);
});

it('nothing is brought back over a change that its reader has not seen, and what was no revision is not found', async () => {
  const post = await site.forum.publish(mali, { title: 'Seen by one', body: 'Before' });
  await changes(post, { body: 'After' });
  const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
  await page.goto(`/posts/${post.slug}/revisions`);
  await changes(post, { body: 'After that' });
  const answer = page.waitForResponse((one) => one.request().method() === 'POST');
  await page.getByRole('button', { name: 'Bring this text back' }).click();
  expect((await answer).status()).toBe(409);
  const now = await site.forum.done<Post>('GET', `/api/v1/posts/${post.id}`);
  expect(now.body).toBe('After that');
});

it('many revisions are on several pages, for editors alone', async () => {
  const post = await site.forum.publish(mali, { title: 'Often changed', body: 'Text 0' });
  for (let n = 1; n <= 12; n += 1) await changes(post, { body: `Text ${n}` });
  const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
  await page.goto(`/posts/${post.slug}/revisions`);
  const told = () => page.locator('.revisions > li .diff').allTextContents();
  const first = await told();
  await page.getByRole('link', { name: 'Earlier revisions' }).click();
  expect([first.length, (await told()).length]).toEqual([10, 3]);
  expect((await told()).at(-1)).toContain('Text 0');
  const { page: reader } = await site.reader({ as: await site.forum.member('reads') });
  expect((await reader.goto(`/posts/${post.slug}/revisions`))?.status()).toBe(403);
});
