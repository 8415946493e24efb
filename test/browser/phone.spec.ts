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

it('has the helps for writing in one row, and keeps the field of who writes already in its place when they come', async () => {
  const admin = await site.forum.admin();
  await site.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { discussion: { images: true } } });
  const { page } = await site.reader({ ...PHONE, as: admin });
  const released = Promise.withResolvers<void>();
  // The helps' program and its words, which come when the field has the keyboard.
  let isHeld = false;
  await page.route('**/assets/**', async (route) => {
    if (isHeld) await released.promise;
    await route.continue();
  });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  isHeld = true;
  await page.locator('#new-comment').scrollIntoViewIfNeeded();
  await page.locator('#new-comment').focus();
  await page.keyboard.type('Early words');
  const place = () => page.locator('#new-comment').evaluate((field) => field.getBoundingClientRect().y);
  const before = await place();
  released.resolve();
  await page.locator('#comment-form [role=toolbar] button').first().waitFor();

  // Pages scroll by whole pixels, and what the fonts of a machine make of a line may end between two.
  expect(Math.abs((await place()) - before)).toBeLessThan(1);
  const buttons = await page
    .locator('#comment-form [role=toolbar] button')
    .evaluateAll((all) =>
      all.map((one) => one.getBoundingClientRect()).map(({ y, height, width }) => [y, height, width]),
    );
  expect(buttons).toHaveLength(7);
  expect(new Set(buttons.map(([y]) => y)).size).toBe(1);
  expect(buttons.filter(([, height = 0, width = 0]) => height < 44 || width < 40)).toEqual([]);
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

it('shows a moderator buttons of one width and no keys, and none of them calls for what is seldom', async () => {
  const as = await site.forum.member('mod-on-a-phone', ['moderator']);
  const { id } = await site.forum.comment(mali, post.id, { body: 'To be looked at' });
  const page = await opened(`/moderation/cases/${id}`, { ...PHONE, as });
  const buttons = page.locator('.decide [name=action]');
  const widths = await buttons.evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().width)));
  expect(widths.length).toBe(3);
  expect(new Set(widths).size).toBe(1);
  const grounds = await buttons.evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
  expect(new Set(grounds)).toEqual(new Set(['rgba(0, 0, 0, 0)']));
  expect(await page.locator('kbd:visible').count()).toBe(0);
}, 60_000);

it('signs out with one press in the menu', async () => {
  const page = await opened('/', { ...PHONE, as: await site.forum.member('leaver') });
  await page.locator('.menu-button').tap();
  await page.getByRole('button', { name: 'Sign out' }).tap();
  await page.locator('nav.account a[href^="/sign-in"]').waitFor({ state: 'attached' });
  expect((await page.context().cookies()).filter(({ name }) => name === 'colloquy_session')).toEqual([]);
}, 60_000);

it('tells on the button of the menu how much is unread, and of the next while somebody reads', async () => {
  const as = await site.forum.member('told');
  const mine = await site.forum.comment(as, post.id, { body: 'Who answers?' });
  await site.forum.comment(mali, post.id, { parentId: mine.id, body: 'I do.' });
  const page = await opened('/archive', { ...PHONE, as });
  const badge = page.locator('.menu-button .unread-count');
  expect(await badge.locator('[data-number]').textContent()).toBe('1');
  expect(await page.locator('.menu-button').textContent()).toMatch(/Menu\s*1\s*Unread/);
  await site.forum.comment(mali, post.id, { parentId: mine.id, body: 'And again.' });
  await badge.locator('[data-number]', { hasText: '2' }).waitFor();
  await page.locator('.menu-button').tap();
  expect(await page.locator('nav.account .unread-count [data-number]').textContent()).toBe('2');
}, 60_000);

it('opens what few look for in a row below the finger, with room between', async () => {
  const page = await opened(`/posts/${post.slug}`, { ...PHONE, as: await site.forum.member('opener') });
  const comment = page.locator('#thread .comment').first();
  const more = comment.locator('.more').first();
  /** From the corner of the comment, since the page may scroll. */
  const placed = async (name: string) => {
    const [from, box] = [await comment.boundingBox(), await comment.locator(name).first().boundingBox()];
    if (from === null || box === null) throw new Error(`${name} is not there`);
    return { left: box.x, right: box.x + box.width, top: box.y - from.y, bottom: box.y - from.y + box.height };
  };
  const before = await placed('.more > summary');
  await more.locator('summary').tap();
  expect(await placed('.more > summary')).toEqual(before);
  const [verify, bookmark] = [await placed('.more a'), await placed('.more button')];
  expect(bookmark.left - verify.right).toBeGreaterThanOrEqual(12);
  expect(verify.top).toBeGreaterThanOrEqual(before.bottom);
  expect(bookmark.right).toBeLessThanOrEqual(PHONE.viewport.width);
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/more.png` });
}, 60_000);

it('corrects no name of an account, has digits for numbers, and boxes and codes stay whole beside long words', async () => {
  const asked = await opened('/sign-in', PHONE);
  expect(
    await asked
      .locator('#login')
      .evaluate((login: HTMLInputElement) => [
        login.autocapitalize,
        login.getAttribute('autocorrect'),
        login.spellcheck,
      ]),
  ).toEqual(['none', 'off', false]);
  const admin = await site.forum.admin();
  const settings = await opened('/admin/settings', { ...PHONE, as: admin });
  const numbers = ['erasureDays', 'mailDays', 'maxDepth', 'maxLength', 'slowModeSeconds', 'editWindowMinutes'];
  for (const name of numbers) {
    const field = settings.locator(`[name=${name}]`);
    expect([await field.getAttribute('inputmode'), await field.getAttribute('spellcheck')]).toEqual([
      'numeric',
      'false',
    ]);
  }
  const data = await opened('/settings/data', { ...PHONE, as: mali });
  for (const page of [settings, data]) {
    const sizes = await page
      .locator('.radio input')
      .evaluateAll((boxes) => boxes.map((box) => box.getBoundingClientRect()).filter(({ width }) => width > 0));
    expect(sizes.length).toBeGreaterThan(2);
    expect([...new Set(sizes.map(({ width, height }) => `${width} × ${height}`))]).toEqual(['20 × 20']);
  }
  await data.goto('/settings/sign-in');
  await data.evaluate(() => {
    const codes = document.createElement('ol');
    codes.className = 'recovery-codes';
    codes.innerHTML = '<li><code>vngz-sp2v-ub4d-xwr6-yztl-feb7</code></li>';
    document.querySelector('main .column')?.append(codes);
  });
  const code = data.locator('.recovery-codes code');
  expect(await code.evaluate((element) => element.getClientRects().length)).toBe(1);
  const { x = 0, width = Number.NaN } = (await code.boundingBox()) ?? {};
  expect(x + width).toBeLessThan(PHONE.viewport.width - 10);
});

it('shows an editor a link that marks a post as a question, with what it does on a line of its own', async () => {
  const page = await opened(`/posts/${post.slug}`, { ...PHONE, as: mali });
  const [button, hint] = [page.locator('.asking .action'), page.locator('#ask-hint')];
  const [pressed, told] = [await button.boundingBox(), await hint.boundingBox()];
  expect((pressed?.y ?? Number.NaN) + (pressed?.height ?? Number.NaN)).toBeLessThanOrEqual((told?.y ?? Number.NaN) + 1);
  const lookOf = (one: typeof button) => one.evaluate((element) => getComputedStyle(element).textDecorationLine);
  expect(await lookOf(button)).toBe('underline');
});
