import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Browser, BrowserContext, Locator, Page, Request, Route } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { until } from '../support/until.ts';
import { denyStorage } from './deny-storage.ts';
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

/** Resolves once the forum has kept a draft. */
const keptByForum = (): Promise<unknown> =>
  page.waitForResponse(
    (answer) => answer.url().endsWith('/me/drafts') && answer.request().method() === 'PUT' && answer.ok(),
  );

/** In another tab of the blog nobody is signed in. */
async function signOutElsewhere(path: string): Promise<void> {
  const tab = await context.newPage();
  await tab.goto(blogPage(path, ''));
  await tab.frameLocator('iframe').locator('#new-comment-name').waitFor();
  await tab.close();
}

/** Whether the page would ask if it were left now; it is not. */
const wouldAsk = (): Promise<boolean> =>
  inFrame()
    .locator('body')
    .evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));

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
  async function begins(path: string): Promise<void> {
    await reader({ hasStorage: false });
    await readAs('ann', await commented(path));
  }

  it.each<[string, () => Promise<unknown>]>([
    ['without network', () => context.setOffline(true)],
    ['after the session', () => signOutElsewhere('elsewhere')],
  ])('while a comment is not sent: %s', async (how, spoil) => {
    await begins(`no-storage-${how.replaceAll(' ', '-')}`);
    await type('Words of Ann');
    await spoil();
    await post().click();
    await inFrame().locator('.on-its-way').waitFor();
    expect(await askedOnLeaving()).toEqual(['beforeunload']);
  });

  it('while what is typed is not kept by the forum, and no more then', async () => {
    await begins('no-storage-typed');
    // However long the browser takes: no draft comes to the forum.
    await page.route('**/me/drafts', (route) => (route.request().method() === 'PUT' ? undefined : route.continue()));
    await type('Words of Ann');
    expect(await askedOnLeaving()).toEqual(['beforeunload']);
    await begins('no-storage-kept');
    const kept = keptByForum();
    await type('Words of Ann');
    await kept;
    // The page learns of the answer after the browser does.
    await until(async () => !(await wouldAsk()));
    expect(await askedOnLeaving()).toEqual([]);
  });
});

describe('where the browser gives no storage, a page around asks before it changes its frame', () => {
  const set = ([name, value]: readonly [string, string]): unknown =>
    document.querySelector('colloquy-discussion')?.setAttribute(name, value);
  const load = ([name, value]: readonly [string, string]): unknown =>
    Reflect.get(window, 'colloquy').load({ url: location.href, [name]: value });

  it.each<[string, typeof set, name: string, former: string, latter: string]>([
    ['another order', set, 'sort', 'newest', 'best'],
    ['another language', set, 'locale', 'th', 'vi'],
    ['colloquy.load', load, 'sort', 'newest', 'best'],
  ])('by %s, and the words stay where their writer stays', async (how, change, name, former, latter) => {
    const path = await commented(`changed-by-${how.replaceAll(' ', '-')}`);
    await reader({ hasStorage: false });
    await page.goto(blogPage(path));
    await live();
    await type('Words of a guest');
    const asked: string[] = [];
    page.once('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.dismiss();
    });
    await page.evaluate(change, [name, former] as const);
    await until(async () => asked.length === 1);
    expect(await field().inputValue()).toBe('Words of a guest');
    page.once('dialog', (dialog) => dialog.accept());
    await page.evaluate(change, [name, latter] as const);
    await until(async () => page.frames().some((frame) => frame.url().includes(`${name}=${latter}`)));
    await live();
    expect([asked, await field().inputValue()]).toEqual([['beforeunload'], '']);
  });
});

describe('what somebody without an account types in a frame', () => {
  const guest = async (): Promise<void> => {
    await inFrame().locator('#new-comment-name').fill('Sokha');
    await inFrame().locator('#new-comment-email').fill('sokha@example.org');
  };
  const isThere = (text: string): Promise<void> => until(async () => (await field().inputValue()) === text);
  const again = async (path: string): Promise<void> => {
    await page.goto(blogPage(path));
    await live();
  };
  /** The field once all has come that would give a text back. */
  const looked = async (): Promise<string> => {
    await field().focus();
    await ready();
    return field().inputValue();
  };

  it('stands there again with its writer’s name and address where the forum was not reached, and nowhere once it is taken', async () => {
    const path = await commented('guest-offline');
    await reader();
    await again(path);
    await type('Words of a guest');
    await guest();
    await page.route('**/embed/comments', (route) => route.abort());
    const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/embed/comments'));
    await post().click({ noWaitAfter: true });
    await failed;
    await page.unroute('**/embed/comments');
    await again(path);
    await isThere('Words of a guest');
    await until(async () => (await inFrame().locator('#new-comment-name').inputValue()) === 'Sokha');
    expect(await inFrame().locator('#new-comment-email').inputValue()).toBe('sokha@example.org');
    await post().click();
    await inFrame().getByText('Nearly done').waitFor();
    await until(
      async () =>
        (await inFrame()
          .locator('body')
          .evaluate(() => Object.keys(sessionStorage).join())) === 'colloquy:typed',
    );
    await again(path);
    expect(await looked()).toBe('');
  });

  it('is one text for each place', async () => {
    const path = await commented('guest-two');
    await reader();
    await again(path);
    await type('A comment');
    await inFrame().locator('[data-action=answer]').first().click();
    const answer = inFrame().locator('[id^=answer-][name=body]');
    await answer.focus();
    await inFrame().locator('#answer [role=toolbar]').waitFor();
    await page.keyboard.type('An answer');
    await again(path);
    await isThere('A comment');
    await until(async () => (await answer.inputValue()) === 'An answer');
    await inFrame().locator('#answer').getByRole('link', { name: 'Cancel' }).click();
    await answer.waitFor({ state: 'detached' });
    await again(path);
    await isThere('A comment');
    expect(await answer.count()).toBe(0);
  });

  it('is there where it was kept for all places of a discussion together', async () => {
    const path = await commented('guest-before');
    const url = `${sites.site('blog.test')}/${path}`;
    const { id } = await sites.forum.done<Post>('PUT', '/api/v1/pages', { body: { url } });
    await reader();
    await again(path);
    await inFrame()
      .locator('body')
      .evaluate((_, key) => {
        sessionStorage.setItem(key, '\nKept\nbefore');
        sessionStorage.setItem('colloquy:typed', '1');
      }, `colloquy:typed:${id}`);
    await again(path);
    await isThere('Kept\nbefore');
  });

  describe('while the page around signs somebody in', () => {
    const isAs = (sub: string): Promise<void> => inFrame().getByText(`You write as Name of ${sub}`).waitFor();

    /** The page of Bob, whose token does not come through. */
    async function bobTypes(path: string, spoil: (route: Route) => Promise<void>): Promise<void> {
      await reader();
      await page.route('**/embed/sessions', spoil);
      const asked = page.waitForRequest('**/embed/sessions');
      await page.goto(blogPage(path, 'bob'));
      await asked;
      await live();
      await type('Only of Bob');
    }

    /** Nobody else is shown it, and Bob is. */
    async function isOfBobAlone(path: string): Promise<void> {
      await page.unroute('**/embed/sessions');
      for (const [sub, come] of [
        ['carol', () => isAs('carol')],
        ['', () => inFrame().locator('#new-comment-name').waitFor()],
      ] as const) {
        await page.goto(blogPage(path, sub));
        await come();
        await live();
        expect(await looked()).toBe('');
      }
      await page.goto(blogPage(path, 'bob'));
      await isAs('bob');
      await isThere('Only of Bob');
    }

    it('is that one’s once the session has come, without another key', async () => {
      const path = await commented('bob-late');
      const release = Promise.withResolvers<void>();
      await bobTypes(path, async (route) => {
        await release.promise;
        await route.continue();
      });
      const known = page.waitForResponse((answer) => answer.url().endsWith('/members/me'));
      release.resolve();
      await known;
      await until(() =>
        inFrame()
          .locator('body')
          .evaluate(() => document.documentElement.dataset['member'] !== undefined),
      );
      expect(await askedOnLeaving()).toEqual([]);
      await isOfBobAlone(path);
    });

    it.each<[string, (route: Route) => Promise<void>]>([
      ['the network', (route) => route.abort()],
      ['the forum', (route) => route.fulfill({ status: 503 })],
    ])('is kept for that one alone where %s fails', async (how, spoil) => {
      const path = await commented(`bob-${how.replace(' ', '-')}`);
      await bobTypes(path, spoil);
      expect(await askedOnLeaving()).toEqual([]);
      await isOfBobAlone(path);
    });

    it('is in that one’s form once the network is back', async () => {
      const path = await commented('bob-back');
      await bobTypes(path, (route) => route.abort());
      await field().blur();
      await page.unroute('**/embed/sessions');
      await inFrame()
        .locator('body')
        .evaluate(() => dispatchEvent(new Event('online')));
      await isAs('bob');
      expect(await field().inputValue()).toBe('Only of Bob');
      expect(await askedOnLeaving()).toEqual([]);
      await page.goto(blogPage(path, 'bob'));
      await isThere('Only of Bob');
    });

    it('is kept by the forum, untouched, where the browser gives no storage', async () => {
      const path = await commented('bob-no-storage');
      await reader({ hasStorage: false });
      const release = Promise.withResolvers<void>();
      await page.route('**/embed/sessions', (route) => release.promise.then(() => route.continue()));
      await page.goto(blogPage(path, 'bob'));
      await live();
      await type('Only of Bob');
      const kept = keptByForum();
      release.resolve();
      await field().blur();
      await isAs('bob');
      await kept;
      await page.goto(blogPage(path, 'bob'));
      await isAs('bob');
      await live();
      await field().focus();
      await isThere('Only of Bob');
    });

    it('is not left unasked where the browser gives no storage', async () => {
      const path = await commented('bob-unasked');
      await reader({ hasStorage: false });
      await again(path);
      await type('Words of a guest');
      expect(await askedOnLeaving()).toEqual(['beforeunload']);
    });
  });
});
