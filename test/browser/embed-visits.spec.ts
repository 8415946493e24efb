import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import type { Comment, Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

const SECRET = 'a secret of the blog and the forum, long enough';
let sites: TwoSites;
let browser: Browser;
let somchai: TestMember;
let post: Post;

beforeAll(async () => {
  sites = await startTwoSites((site) => ({ EMBED_ORIGINS: site('blog.test'), SSO_SECRET: SECRET }));
  browser = await launchBrowser(FINDS_SITES);
  await sites.forum.admin();
  somchai = await sites.forum.member('somchai');
  post = await sites.forum.done('PUT', '/api/v1/pages', { body: { url: `${sites.site('blog.test')}/long` } });
  await says('Old');
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

const says = (body: string): Promise<Comment> => sites.forum.comment(somchai, post.id, { body });

function token(): string {
  const kept = { algorithm: 'HS256', key: SECRET, aud: sites.origin, expiresIn: 120_000 } as const;
  return createSigner({ ...kept, sub: 'alice', jti: randomUUID() })({ name: 'Alice' });
}

interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What was told of the visit. */
  readonly told: Request[];
}

/** The page of the blog as Alice reads it on a device of her own, with the frame so far below its head. */
async function opened(above: number): Promise<Opened> {
  const html = `<!doctype html><html lang="en"><head><title>Long</title></head><body><h1>Long</h1><div style="height:${above}px"></div><script async src="${sites.origin}/embed.js" data-sso="${token()}"></script></body></html>`;
  sites.pages.set('blog.test/long', { html });
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    locale: 'en-GB',
    viewport: { width: 900, height: 700 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const told: Request[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/visit')) told.push(request);
  });
  await page.goto(`${sites.site('blog.test')}/long`);
  await framed(page).getByText('You write as Alice').waitFor();
  return { page, context, told };
}

const live = (page: Page): Promise<void> => framed(page).locator('#thread[data-connection="live"]').waitFor();
const framed = (page: Page) => page.frameLocator('iframe');
const line = (page: Page) => framed(page).locator('.unread-line');
const accepted = async (told: readonly Request[]): Promise<void> => {
  await until(async () => (await Promise.all(told.map((one) => one.response()))).some((one) => one?.status() === 204));
};

it('a visit begins once the discussion is seen in its frame, and the next one tells what is new since', async () => {
  const first = await opened(0);
  await accepted(first.told);
  expect(await line(first.page).count()).toBe(0);
  await first.context.close();
  const fresh = [await says('New, and one'), await says('New, and two')];

  // Near enough to be loaded, and below the window.
  const second = await opened(900);
  expect(await line(second.page).textContent()).toContain('2 new comments since your last visit');
  expect(await framed(second.page).locator('.badge.new').count()).toBe(2);
  await framed(second.page).locator('.changes > summary').waitFor();
  expect(second.told).toEqual([]);
  await second.context.close();

  const third = await opened(900);
  expect(await line(third.page).textContent()).toContain('2 new comments');
  await third.page.mouse.wheel(0, 600);
  await live(third.page);
  await accepted(third.told);
  expect(third.told.map((request) => request.postDataJSON())).toEqual([{ position: expect.any(String), begins: true }]);
  const focused = () =>
    third.page
      .frames()
      .at(-1)
      ?.evaluate(() => document.activeElement?.closest('.comment')?.id);
  for (const comment of fresh) {
    await line(third.page).getByRole('link').click();
    await until(async () => (await focused()) === `comment-${comment.id}`);
  }
  await third.context.close();

  const fourth = await opened(0);
  await accepted(fourth.told);
  await says('Newest');
  await fourth.context.close();
  const fifth = await opened(0);
  expect(await line(fifth.page).textContent()).toContain('1 new comment since');
  await fifth.context.close();
});

it('in a narrow frame what is new stands well, and a comment of another page of the discussion comes within the frame', async () => {
  for (let n = 0; n < 55; n += 1) await says(`Comment number ${n}`);
  const { page, context } = await opened(0);
  await live(page);
  const href = await line(page).getByRole('link').getAttribute('href');
  expect(href).toMatch(/^\/comments\/[0-9a-f-]{36}\?frame=%2Fembed%3F/);
  await page.setViewportSize({ width: 360, height: 700 });
  await framed(page).locator('.changes > summary').click();
  const frame = page.frames().at(-1);
  if (!frame) throw new Error('there is no frame');
  expect(await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await framed(page).locator('.changes li a').last().click();
  await until(() => page.frames().at(-1)?.url().includes('#comment-') ?? false);
  expect(context.pages()).toHaveLength(1);
  await context.close();
});
