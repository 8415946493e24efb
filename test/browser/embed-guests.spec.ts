import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Browser, Frame, Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { until } from '../support/until.ts';
import { denyStorage } from './deny-storage.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

const SECRET = 'a secret of the blog and the forum, long enough';
let sites: TwoSites;
let browser: Browser;
let member: TestMember;
let post: Post;
let address: string;

beforeAll(async () => {
  sites = await startTwoSites((site) => ({ EMBED_ORIGINS: site('blog.test'), SSO_SECRET: SECRET }));
  browser = await launchBrowser(FINDS_SITES);
  const { token } = await sites.forum.admin();
  await sites.forum.done('PATCH', '/api/v1/site', { token, body: { guests: true } });
  member = await sites.forum.member('somchai');
  address = `${sites.site('blog.test')}/peace`;
  post = await sites.forum.done('PUT', '/api/v1/pages', { body: { url: address } });
  for (let n = 0; n < 60; n += 1) await sites.forum.comment(member, post.id, { body: `Comment ${n} of many.` });
  const html = `<!doctype html><html lang="en"><head><title>Peace</title></head><body><h1>Peace</h1><script async src="${sites.origin}/embed.js"></script></body></html>`;
  sites.pages.set('blog.test/peace', { html, headers: {} });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

async function open(
  url: string,
  { hasStorage = true } = {},
): Promise<{ readonly page: Page; readonly frame: Frame; readonly complaints: string[] }> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, bypassCSP: false });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  if (!hasStorage) await page.addInitScript(denyStorage);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(url);
  await page.frameLocator('iframe').locator('#thread[data-connection="live"]').waitFor();
  const frame = page.frames()[1];
  if (!frame) throw new Error('there is no frame');
  return { page, frame, complaints };
}

const focused = (frame: Frame): Promise<string> => frame.evaluate(() => document.activeElement?.id ?? '');

it('a guest in a frame finds the wrong field, then what comes next, by the keyboard, and can write again', async () => {
  const { page, frame, complaints } = await open(address);
  await frame.locator('#new-comment').fill('I was there.');
  await frame.locator('#new-comment-name').fill('somchai');
  await frame.locator('#new-comment-email').fill('sokha@example.org');
  await frame.getByRole('button', { name: 'Post comment' }).click();
  await frame.locator('.composer [role=alert]').waitFor();
  await frame.waitForFunction(() => document.activeElement?.id === 'new-comment-name');
  await frame.locator('#new-comment-name').fill('Sokha');
  await frame.getByRole('button', { name: 'Post comment' }).click();
  await frame.getByText('Nearly done').waitFor();
  await frame.waitForFunction(() => document.activeElement?.id === 'comment-form');
  expect(await frame.locator('.field-error').count()).toBe(0);
  await frame.getByRole('link', { name: 'Write another comment' }).click();
  await frame.locator('#new-comment').waitFor();
  expect(await focused(frame)).not.toBe('comment-form');
  expect(complaints.filter((one) => /autofocus/i.test(one))).toEqual([]);
  await page.context().close();
});

it('a comment is shared by the address of the page around the frame, which leads to it also beyond the first ones', async () => {
  const { items } = await sites.forum.thread(post.id, '?sort=newest');
  const id = items[0]?.id ?? '';
  const first = await open(address);
  const shared = first.frame.locator('[data-action=share]').first();
  expect(await shared.getAttribute('href')).toMatch(new RegExp(`^${address}#comment-[\\w-]+$`));
  expect(await first.frame.locator(`#comment-${id}`).count()).toBe(0);
  await first.page.context().close();

  const { page } = await open(`${address}#comment-${id}`);
  await page.frameLocator('iframe').locator(`#comment-${id}`).waitFor();
  await page.waitForFunction(() => scrollY > 0);
  // Pages that the reader then chooses stay.
  await page.frameLocator('iframe').getByRole('link', { name: 'Newest' }).click();
  await page.waitForFunction(() => (document.querySelector('iframe')?.clientHeight ?? 0) > 0);
  await page.frameLocator('iframe').locator('.sort [aria-current]', { hasText: 'Newest' }).waitFor();
  await page.context().close();
});

it.each([
  ['a comment', '', '#new-comment'],
  ['an answer', 'answer', '[id^=answer-][name=body]'],
])('what a guest typed stands in the frame when it is loaded again: %s', async (_, form, selector) => {
  const { page, frame } = await open(address);
  if (form === 'answer') await frame.locator('[data-action=answer]').first().click();
  const inFrame = page.frameLocator('iframe');
  await inFrame.locator(selector).focus();
  await inFrame.locator('.composer [role=toolbar]').first().waitFor();
  await inFrame.locator(selector).fill('Half a comment');
  await frame.evaluate(() => {
    document.body.dataset['before'] = '';
    location.reload();
  });
  await inFrame.locator('body:not([data-before]) #thread[data-connection="live"]').waitFor();
  await until(async () => (await inFrame.locator(selector).inputValue()) === 'Half a comment');
  await page.context().close();
});

it.each([true, false])(
  'a text that was typed before signing in stands in the member’s form afterwards: the frame has storage: %s',
  async (hasStorage) => {
    const { page, frame } = await open(address, { hasStorage });
    await frame.locator('#new-comment').fill('Typed before signing in');
    const link = frame.getByRole('link', { name: 'Sign in', exact: true }).first();
    const [window] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    window.setDefaultTimeout(PATIENCE_MS);
    await window.getByText('For the discussion on blog.test').waitFor();
    await window.getByLabel('Handle or e-mail').fill('somchai');
    await window.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    const closed = window.waitForEvent('close');
    await window.getByRole('button', { name: 'Continue as Name of somchai' }).click();
    await closed;
    const inFrame = page.frameLocator('iframe');
    await inFrame.getByText('You write as Name of somchai').waitFor();
    expect(await inFrame.locator('#new-comment').inputValue()).toBe('Typed before signing in');
    await inFrame.getByRole('button', { name: 'Post comment' }).click();
    await inFrame.locator('.comment:not(.on-its-way)', { hasText: 'Typed before signing in' }).first().waitFor();
    await page.context().close();
  },
);

function token(sub = 'alice'): string {
  const kept = { algorithm: 'HS256', key: SECRET, aud: sites.origin, expiresIn: 120_000 } as const;
  return createSigner({ ...kept, sub, jti: randomUUID() })({ name: `Name of ${sub}` });
}

/** The page of a blog that says who reads it. */
function signing(path: string, sso: string): string {
  const embed = `<script async src="${sites.origin}/embed.js" data-url="${address}" data-sso="${sso}"></script>`;
  const html = `<!doctype html><html lang="en"><head><title>Peace</title></head><body><h1>Peace</h1>${embed}</body></html>`;
  sites.pages.set(`blog.test/${path}`, { html, headers: {} });
  return `${sites.site('blog.test')}/${path}`;
}

it('what a guest typed is shown to no member who comes by the page around, and stands there once the page is nobody’s again', async () => {
  const { page, frame } = await open(address);
  const field = page.frameLocator('iframe').locator('#new-comment');
  const live = (): Promise<void> => page.frameLocator('iframe').locator('#thread[data-connection="live"]').waitFor();
  const ready = () => page.frameLocator('iframe').locator('#comment-form [role=toolbar]').waitFor();
  const isBob = (): Promise<void> => page.frameLocator('iframe').getByText('You write as Name of bob').waitFor();
  await frame.locator('#new-comment').focus();
  await ready();
  await page.keyboard.type('Only a guest’s');

  // The helps for writing, which give the words back, come before the token has signed anybody in.
  const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route('**/embed/sessions', async (route) => {
    asked.resolve();
    await release.promise;
    await route.continue();
  });
  await page.goto(signing('bob', token('bob')));
  await asked.promise;
  await live();
  await field.focus();
  await ready();
  expect(await field.inputValue()).toBe('');
  await page.keyboard.type('Of Bob');
  release.resolve();
  await field.evaluate((element) => element.blur());
  await isBob();
  await live();
  expect(await field.inputValue()).toBe('Of Bob');
  await field.fill('');

  await page.goto(address);
  await isBob();
  await live();
  await field.focus();
  await ready();
  expect(await field.inputValue()).toBe('');

  await page.goto(signing('nobody', ''));
  await page.frameLocator('iframe').locator('#new-comment-name').waitFor();
  await until(async () => (await field.inputValue()) === 'Only a guest’s');
  // A page that changes without loading signs in somebody after that.
  const follow = (sso: string) => document.querySelector('colloquy-discussion')?.setAttribute('sso', sso);
  await page.evaluate(follow, token('bob'));
  await isBob();
  await live();
  expect(await field.inputValue()).toBe('');
  await page.evaluate(follow, '');
  await page.frameLocator('iframe').locator('#new-comment-name').waitFor();
  await until(async () => (await field.inputValue()) === 'Only a guest’s');
  await page.context().close();
}, 60_000);

it.each([true, false])(
  'who is signed in by the page around while typing types on, and is who it is once the field is left: the frame has storage: %s',
  async (hasStorage) => {
    const { page, frame } = await open(address, { hasStorage });
    const [gone, sent] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let times = 0;
    await page.route('**/embed/comments', async (route) => {
      times += 1;
      if (times > 1) await sent.promise.then(() => route.continue());
      // The first one is on its way when somebody comes back to the field.
      else gone.resolve();
    });
    const field = frame.locator('#new-comment');
    await field.focus();
    await page.keyboard.type('before ');
    const known = page.waitForResponse((answer) => answer.url().endsWith('/members/me'));
    const follow = (sso: string) => document.querySelector('colloquy-discussion')?.setAttribute('sso', sso);
    await page.evaluate(follow, token());
    await known;
    // Longer than any pause after which a field that was left counts as left.
    await page.keyboard.type('jrc ', { delay: 1_200 });
    expect([times, await field.inputValue()]).toEqual([0, 'before jrc ']);
    await field.evaluate((element) => element.blur());
    await gone.promise;
    await field.focus();
    await page.keyboard.type('and on');
    await field.evaluate((element) => element.blur());
    sent.resolve();
    const inFrame = page.frameLocator('iframe');
    await inFrame.getByText('You write as Name of alice').waitFor();
    expect(await inFrame.locator('#new-comment').inputValue()).toBe('before jrc and on');
    expect(await inFrame.locator('textarea').count()).toBe(1);
    await page.context().close();
  },
);
