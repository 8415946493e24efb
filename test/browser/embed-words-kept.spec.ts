import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

const SECRET = 'a secret of the blog and the forum, long enough';
let sites: TwoSites;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let admin: TestMember;
let somchai: TestMember;

beforeAll(async () => {
  sites = await startTwoSites((site) => ({ EMBED_ORIGINS: site('blog.test'), SSO_SECRET: SECRET }));
  browser = await launchBrowser(FINDS_SITES);
  admin = await sites.forum.admin();
  somchai = await sites.forum.member('somchai');
  await sites.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
}, 60_000);
afterEach(() => context?.close());
afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

async function reader({ hasStorage = true } = {}): Promise<void> {
  await context?.close();
  context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  if (!hasStorage) await page.addInitScript(denyStorage);
}

/** As Debian's Chromium does in frames of other sites. */
function denyStorage(): void {
  const get = () => {
    throw new DOMException('denied', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get });
}

function token(sub: string): string {
  const kept = { algorithm: 'HS256', key: SECRET, aud: sites.origin, expiresIn: 120_000 } as const;
  return createSigner({ ...kept, sub, jti: randomUUID() })({ name: `Name of ${sub}` });
}

let pages = 0;
/** A page of the blog, of an address of its own, as this person reads it; nobody for '', and no word of its readers without any. */
function blogPage(path: string, sub?: string): string {
  const url = `${sites.site('blog.test')}/${path}`;
  const sso = sub === undefined ? '' : `data-sso="${sub && token(sub)}"`;
  const embed = `<script async src="${sites.origin}/embed.js" data-url="${url}" ${sso}></script>`;
  const html = `<!doctype html><html lang="en"><head><title>Peace</title></head><body><h1>Peace</h1>${embed}</body></html>`;
  pages += 1;
  sites.pages.set(`blog.test/${path}?${pages}`, { html });
  return `${url}?${pages}`;
}

async function commented(path: string): Promise<string> {
  const url = `${sites.site('blog.test')}/${path}`;
  const post = await sites.forum.done<Post>('PUT', '/api/v1/pages', { body: { url } });
  await sites.forum.comment(somchai, post.id, { body: 'The first' });
  return path;
}

const inFrame = () => page.frameLocator('iframe');
const field = (): Locator => inFrame().locator('#new-comment');
const post = () => inFrame().getByRole('button', { name: 'Post comment' });
const live = (): Promise<void> => inFrame().locator('#thread[data-connection="live"]').waitFor();
const ready = (): Promise<void> => inFrame().locator('#comment-form [role=toolbar]').waitFor();

async function readAs(sub: string, path: string): Promise<void> {
  await page.goto(blogPage(path, sub));
  await inFrame().getByText(`You write as Name of ${sub}`).waitFor();
  await live();
}

async function type(text: string): Promise<void> {
  await field().focus();
  await ready();
  await page.keyboard.type(text);
}

/** In another tab of the blog nobody is signed in. */
async function signOutElsewhere(path: string): Promise<void> {
  const tab = await context.newPage();
  await tab.goto(blogPage(path, ''));
  await tab.frameLocator('iframe').locator('#new-comment-name').waitFor();
  await tab.close();
}

/** What the browser asks before this page is left. */
async function askedOnLeaving(): Promise<readonly string[]> {
  const asked: string[] = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await page.goto('about:blank');
  page.removeAllListeners('dialog');
  return asked;
}

describe('the first comment of a page', () => {
  it.each([
    ['refused', () => signOutElsewhere('elsewhere')],
    ['never answered', () => page.route('**/embed/comments', (route) => route.abort())],
  ])('stands there for its writer again where it was %s', async (how, spoil) => {
    const path = `first-${how.replace(' ', '-')}`;
    await reader();
    await readAs('alice', path);
    await type('First words of Alice');
    await spoil();
    const isSend = (request: Request): boolean => request.url().endsWith('/embed/comments');
    const answered = Promise.race([
      page.waitForResponse((answer) => isSend(answer.request())),
      page.waitForEvent('requestfailed', isSend),
    ]);
    await post().click({ noWaitAfter: true });
    await answered;
    await page.goto('about:blank');
    await page.unroute('**/embed/comments');
    await readAs('alice', path);
    await until(async () => (await field().inputValue()) === 'First words of Alice');
  });

  it('stands nowhere once it is taken', async () => {
    await reader();
    await readAs('alice', 'first-taken');
    await type('First words of Alice');
    await post().click();
    await inFrame().locator('.comment', { hasText: 'First words of Alice' }).waitFor();
    await live();
    const keys = () =>
      inFrame()
        .locator('body')
        .evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('colloquy:draft')));
    await until(async () => (await keys()).length === 0);
    await readAs('alice', 'first-taken');
    await type('!');
    expect(await field().inputValue()).toBe('!');
  });
});

describe('where the browser gives no storage, leaving asks', () => {
  async function unsent(path: string): Promise<void> {
    await reader({ hasStorage: false });
    await readAs('ann', await commented(path));
    await type('Words of Ann');
  }

  it.each<[string, () => Promise<unknown>]>([
    ['without network', () => context.setOffline(true)],
    ['after the session', () => signOutElsewhere('elsewhere')],
  ])('while a comment is not sent: %s', async (how, spoil) => {
    await unsent(`no-storage-${how.replaceAll(' ', '-')}`);
    await spoil();
    await post().click();
    await inFrame().locator('.on-its-way').waitFor();
    expect(await askedOnLeaving()).toEqual(['beforeunload']);
  });

  it('while what is typed is not kept by the forum, and no more then', async () => {
    await unsent('no-storage-typed');
    expect(await askedOnLeaving()).toEqual(['beforeunload']);
    await unsent('no-storage-kept');
    await page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok());
    expect(await askedOnLeaving()).toEqual([]);
  });
});
