import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { PATIENCE_MS, refuseLiveOnce } from './forum-in-browser.ts';

let sites: TwoSites;
let browser: Browser;
let plain: Server;
let plainOrigin: string;
let member: TestMember;

beforeAll(async () => {
  plain = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end(`<!doctype html><html lang="en"><title>A blog</title><body>${script()}</body></html>`);
  });
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const address: string | AddressInfo | null = plain.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  plainOrigin = `http://blog.test:${address.port}`;
  sites = await startTwoSites((site) => ({ EMBED_ORIGINS: `${site('blog.test')},${plainOrigin}` }));
  browser = await launchBrowser(FINDS_SITES);
  await sites.forum.admin();
  member = await sites.forum.member('somchai');
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sites?.close();
  plain?.close();
});

const script = (): string => `<script async src="${sites.origin}/embed.js"></script>`;
const newContext = (): Promise<BrowserContext> => browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });

async function openPage(context: BrowserContext, path: string): Promise<{ page: Page; frame: FrameLocator }> {
  const html = `<!doctype html><html lang="en"><head><title>Peace</title></head><body>${script()}</body></html>`;
  sites.pages.set(`blog.test${path}`, { html });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${sites.site('blog.test')}${path}`);
  return { page, frame: page.frameLocator('colloquy-discussion iframe') };
}

async function signIn(page: Page, link: ReturnType<FrameLocator['getByRole']>): Promise<void> {
  const [window] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  window.setDefaultTimeout(PATIENCE_MS);
  await window.waitForLoadState();
  const again = window.getByRole('button', { name: 'Continue as Name of somchai' });
  const login = window.getByLabel('Handle or e-mail');
  await again.or(login).waitFor();
  if ((await login.count()) > 0) {
    await login.fill('somchai');
    await window.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
  }
  const closed = window.waitForEvent('close');
  await again.click();
  await closed;
}

it('is live, and takes comments, where the browser gives the frame no storage', async () => {
  const context = await newContext();
  await context.addInitScript(() => {
    if (self === top) return;
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
      Object.defineProperty(self, name, {
        get: () => {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
  });
  const { page, frame } = await openPage(context, '/no-storage');
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  const post = await sites.forum.done<Post>('PUT', '/api/v1/pages', {
    body: { url: `${sites.site('blog.test')}/no-storage` },
  });
  await sites.forum.comment(member, post.id, { body: 'The first' });
  await page.reload();
  await signIn(page, frame.getByRole('link', { name: 'Sign in to comment' }));
  await frame.getByText('You write as Name of somchai').waitFor();
  await frame.locator('#thread[data-connection="live"]').waitFor();
  await frame.locator('#new-comment').fill('Without any storage');
  await frame.getByRole('button', { name: 'Post comment' }).click();
  await frame.locator('.comment:not(.on-its-way)', { hasText: 'Without any storage' }).waitFor();
  expect(faults).toEqual([]);
  await context.close();
}, 60_000);

it('keeps the text when the session was ended elsewhere, and sends it after signing in again', async () => {
  const context = await newContext();
  const { page, frame } = await openPage(context, '/ended');
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await signIn(page, frame.getByRole('link', { name: 'Sign in to comment' }));
  await frame.getByText('You write as Name of somchai').waitFor();
  await frame.locator('#new-comment').fill('Written for an hour');
  await sites.forum
    .done('DELETE', '/api/v1/sessions', { token: (await sites.forum.signIn('somchai')).token })
    .catch(() => undefined);
  await frame.getByRole('button', { name: 'Post comment' }).click();
  await frame.getByRole('alert').getByText('You are not signed in').waitFor();
  expect(await frame.getByRole('textbox').inputValue()).toBe('Written for an hour');
  await signIn(page, frame.getByRole('link', { name: 'Sign in', exact: true }));
  await frame.getByText('You write as Name of somchai').waitFor();
  expect(await frame.getByText('You are not signed in. Sign in').count()).toBe(0);
  const sent = page.waitForRequest((request) => request.url().endsWith('/embed/comments'));
  await frame.getByRole('button', { name: 'Try again' }).click();
  expect(new URLSearchParams((await sent).postData() ?? '').get('as')).toBe(member.member.id);
  await frame.locator('.comment', { hasText: 'Written for an hour' }).waitFor();
  expect(said.filter((text) => /autofocus/i.test(text))).toEqual([]);
  await context.close();
}, 60_000);

it('is live after the told time where the forum takes no live connection for now', async () => {
  const context = await newContext();
  const tries = await refuseLiveOnce(context, 'overloaded');
  const { frame } = await openPage(context, '/full');
  await frame.locator('#thread[data-connection="live"]').waitFor();
  const [first = 0, second = 0] = tries;
  expect(second - first).toBeGreaterThanOrEqual(1_000);
  await context.close();
}, 60_000);

it('says on a page without https that it is the page that lacks it', async () => {
  const context = await newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${plainOrigin}/a`);
  const frame = page.frameLocator('colloquy-discussion iframe');
  await frame.getByRole('link', { name: 'Sign in to comment' }).click();
  await frame.getByRole('alert').getByText('this page needs https').waitFor();
  expect(await frame.getByText('this forum needs https').isVisible()).toBe(false);
  await context.close();
}, 60_000);
