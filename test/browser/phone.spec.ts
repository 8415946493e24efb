import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser, live, type ReaderOptions } from './forum-in-browser.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

/** A screen that is touched and does not hover, on a device that says it has a mouse too. */
const FINGERS_FIRST =
  '--blink-settings=primaryPointerType=2,availablePointerTypes=6,primaryHoverType=1,availableHoverTypes=3';

let site: ForumInBrowser;
let mali: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
  post = await site.forum.publish(mali, { title: 'A short post', body: 'Two words.' });
  for (const body of ['First.', 'Second.']) await site.forum.comment(mali, post.id, { body });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

async function opened(path: string, options: ReaderOptions): Promise<Page> {
  const { page } = await site.reader(options);
  await page.goto(path);
  if (path.startsWith('/posts/')) await live(page);
  return page;
}

it('shows the first comment of a short post on the first screen, and its tools are as high as a thumb', async () => {
  const page = await opened(`/posts/${post.slug}`, { ...PHONE, as: await site.forum.member('reader') });
  const comment = await page.locator('#thread .comment > article').first().boundingBox();
  const end = (comment?.y ?? Number.NaN) + (comment?.height ?? Number.NaN);
  expect(end).toBeLessThan(PHONE.viewport.height);
  const tools = page.locator('.attention button, .time-machine summary, .time-machine .past-icon, .thread-head a');
  const boxes = await Promise.all((await tools.all()).map((tool) => tool.boundingBox()));
  expect(boxes.length).toBeGreaterThan(8);
  expect(boxes.filter((box) => box === null || box.height < 44)).toEqual([]);
  const tops = await page
    .locator('.attention button')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().y));
  expect(new Set(tops).size).toBe(1);
}, 60_000);

it('tells of keys where a mouse hovers, and not where fingers press first, whatever else the device claims', async () => {
  const hybrid = await launchBrowser([FINGERS_FIRST]);
  try {
    const hints = async (browser: Browser): Promise<boolean> => {
      const page = await browser.newPage({ baseURL: site.forum.url });
      await page.goto(`/posts/${post.slug}`);
      await page.locator('.quiet-controls').waitFor();
      return page.locator('.keys-hint').isVisible();
    };
    expect([await hints(hybrid), await hints(site.browser)]).toEqual([false, true]);
  } finally {
    await hybrid.close();
  }
}, 60_000);

it('says above the thread that a writer follows from the first comment on, without a reload', async () => {
  const page = await opened(`/posts/${post.slug}`, { ...PHONE, as: await site.forum.member('follower') });
  const follow = page.locator('.attention button').first();
  expect([await follow.textContent(), await follow.getAttribute('title')]).toEqual([
    'Follow',
    'Follow this discussion',
  ]);
  const text = 'Now I follow.';
  await page.fill('#new-comment', text);
  await page.locator('#comment-form button[type=submit]').click();
  await page.locator('#thread .comment:not(.on-its-way) .body', { hasText: text }).waitFor();
  await page.locator('.attention button[value=unfollow]').waitFor();
  expect(await follow.textContent()).toBe('Following');
  await follow.click();
  await page.locator('.attention button[value=follow]').waitFor();
  expect(await page.locator('.attention + #thread').count()).toBe(1);
}, 60_000);

it('has the time zone of the browser chosen for whoever has chosen none, and keeps another', async () => {
  const as = await site.forum.member('zoned');
  const page = await opened('/settings/notifications', { ...PHONE, as, timezoneId: 'Asia/Saigon' });
  const zone = page.getByLabel('Your time zone');
  await page.waitForFunction(() => document.querySelector<HTMLSelectElement>('#zone')?.value !== '');
  expect(await zone.inputValue()).toBe('Asia/Ho_Chi_Minh');
  await zone.selectOption('Asia/Yangon');
  await page.locator('.form button[type=submit]').first().click();
  await page.locator('.saved').waitFor();
  expect(await zone.inputValue()).toBe('Asia/Yangon');
}, 60_000);

it('signs out with one press in the menu', async () => {
  const page = await opened('/', { ...PHONE, as: await site.forum.member('leaver') });
  await page.locator('.menu-button').tap();
  await page.getByRole('button', { name: 'Sign out' }).tap();
  await page.locator('nav.account a[href^="/sign-in"]').waitFor({ state: 'attached' });
  expect((await page.context().cookies()).filter(({ name }) => name === 'colloquy_session')).toEqual([]);
}, 60_000);
