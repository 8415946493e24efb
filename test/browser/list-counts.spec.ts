import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { FlakyProxy } from '../support/flaky-proxy.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let editor: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  editor = await site.forum.member('mali', ['editor']);
  post = await site.forum.publish(editor, {
    title: 'Crossing the river',
    tags: ['border'],
    publishAt: '2015-10-05T08:00:00Z',
  });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const isLive = (page: Page) => page.locator('.posts[data-connection="live"]').waitFor();
const says = (page: Page, text: string) =>
  page
    .locator(`[data-comments-of="${post.id}"]`)
    .filter({ hasText: new RegExp(`^${text}$`) })
    .waitFor();
const textOf = async (page: Page): Promise<string> =>
  (await page.locator(`[data-comments-of="${post.id}"]`).textContent()) ?? '';
const comment = () => site.forum.comment(editor, post.id);

it('the lists of posts count on while they are read, as a reload tells, with and without an account', async () => {
  const { page, complaints } = await site.reader();
  await page.goto('/');
  await says(page, 'No comments yet');
  await isLive(page);
  await comment();
  await says(page, '1 comment');
  let count = 1;
  for (const [path, as] of [['/tags/border'], ['/archive/2015/10'], ['/', editor]] as const) {
    const { page: list, context } = await site.reader(as === undefined ? {} : { as });
    await list.goto(path);
    await says(list, count === 1 ? '1 comment' : `${count} comments`);
    await isLive(list);
    await comment();
    count += 1;
    await says(list, `${count} comments`);
    await list.reload();
    await says(list, `${count} comments`);
    await context.close();
  }
  await says(page, `${count} comments`);
  expect(complaints).toEqual([]);
}, 60_000);

it('a page in Burmese counts in its own digits', async () => {
  const { page } = await site.reader({ locale: 'my' });
  await page.goto('/');
  await isLive(page);
  const before = await textOf(page);
  await comment();
  await page.waitForFunction(
    ([id, text]) => document.querySelector(`[data-comments-of="${id}"]`)?.textContent !== text,
    [post.id, before] as const,
  );
  const counted = await textOf(page);
  await page.reload();
  expect([counted, /\d/.test(counted)]).toEqual([await textOf(page), false]);
}, 60_000);

it('nothing of it is loaded before the page is drawn, and a member has one connection', async () => {
  const { page } = await site.reader({ as: editor });
  const asked: string[] = [];
  const sockets: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') asked.push(new URL(request.url()).pathname);
  });
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const held: Route[] = [];
  await page.route('**/*.css', (route) => void held.push(route));
  const both = ['**/*.css', '**/page-*.js'].map((path) => page.waitForRequest(path));
  await page.goto('/', { waitUntil: 'commit' });
  await Promise.all(both);
  await page.locator('footer').waitFor({ state: 'attached' });
  expect(asked).toEqual([expect.stringContaining('/page-')]);
  for (const route of held) await route.continue();
  await isLive(page);
  expect(asked.filter((path) => path.includes('/post-counts-'))).toHaveLength(1);
  expect(sockets).toHaveLength(1);
}, 60_000);

it('whoever was away, or comes back to the page, reads the numbers of then', async () => {
  const proxy = await FlakyProxy.to(() => Number(new URL(site.forum.url).port));
  const { page } = await site.reader({ url: `http://127.0.0.1:${proxy.port}` });
  try {
    await page.goto('/');
    await isLive(page);
    const count = async () => Number.parseInt(await textOf(page), 10);
    const before = await count();
    proxy.cut();
    await page.locator('.posts:not([data-connection])').waitFor();
    await comment();
    proxy.heal();
    await says(page, `${before + 1} comments`);

    await isLive(page);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await page.locator('.posts:not([data-connection])').waitFor();
    await comment();
    expect(await count()).toBe(before + 1);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await says(page, `${before + 2} comments`);
  } finally {
    await page.close();
    await proxy.close();
  }
}, 60_000);

it('the list that a member comes back to is a new one, since what was new in it has been read', async () => {
  const { page } = await site.reader({ as: await site.forum.member('coming-back') });
  await page.goto('/');
  await isLive(page);
  await page.evaluate(() => document.body.setAttribute('data-left', ''));
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await page.locator('body:not([data-left])').waitFor();
  await isLive(page);
});

it('a member’s page counts on while it is read, with the way to what it does not have yet', async () => {
  const writer = await site.forum.member('counted');
  await site.forum.comment(writer, post.id);
  for (const as of [undefined, editor]) {
    const { page, context, complaints } = await site.reader(as === undefined ? {} : { as });
    await page.goto('/members/counted');
    const title = page.locator('#comments-title');
    const before = Number.parseInt((await title.textContent()) ?? '', 10);
    await site.forum.comment(writer, post.id, { body: `The next one after ${before}` });
    await title.filter({ hasText: `${before + 1} comments` }).waitFor();
    await page.getByRole('link', { name: 'There is something new. Show it' }).click();
    await page.getByText(`The next one after ${before}`).waitFor();
    expect(await page.getByText('There is something new').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    await context.close();
  }
}, 60_000);
