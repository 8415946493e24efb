import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { until } from '../support/until.ts';
import { bringFiles, PICTURE } from './bring-files.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

const SECRET = 'a secret of the blog and the forum, long enough';
let sites: TwoSites;
let browser: Browser;
let context: BrowserContext | undefined;
let admin: TestMember;
let bytes: Buffer;

beforeAll(async () => {
  sites = await startTwoSites((site) => ({ EMBED_ORIGINS: site('blog.test'), SSO_SECRET: SECRET }));
  browser = await launchBrowser(FINDS_SITES);
  admin = await sites.forum.admin();
  bytes = readFileSync(PICTURE);
}, 60_000);
afterEach(() => context?.close());
afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

async function allow(images: boolean): Promise<void> {
  await sites.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { discussion: { images } } });
}

/** A blog's page with the discussion, whose reader the blog signs in. */
async function blogPage(path: string): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
  const kept = { algorithm: 'HS256', key: SECRET, aud: sites.origin, expiresIn: 120_000 } as const;
  const sso = createSigner({ ...kept, sub: path, jti: randomUUID() })({ name: 'Alice' });
  const embed = `<script async src="${sites.origin}/embed.js" data-sso="${sso}"></script>`;
  const html = `<!doctype html><html lang="en"><head><title>Peace</title></head><body><h1>Peace</h1>${embed}</body></html>`;
  sites.pages.set(`blog.test${path}`, { html });
  context = await browser.newContext({
    ignoreHTTPSErrors: true,
    locale: 'en-GB',
    viewport: { width: 360, height: 740 },
    hasTouch: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/security policy|Refused|404/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(`${sites.site('blog.test')}${path}`);
  const frame = page.frameLocator('iframe');
  await frame.locator('#thread[data-connection="live"]').waitFor();
  await frame.locator('#new-comment').focus();
  await frame.locator('#comment-form [role=toolbar]').waitFor();
  return { page, complaints };
}

it('a picture is pasted into a frame on the page of another site, sent, and shown there', async () => {
  await allow(true);
  const { page, complaints } = await blogPage('/with');
  const frame = page.frameLocator('iframe');
  const field = frame.locator('#new-comment');
  expect(await bringFiles(field, 'paste', { files: [{ name: 'one.png', bytes }] })).toBe(true);
  const described = frame.getByLabel('What does one.png show?');
  await described.fill('A river');
  await described.press('Enter');
  expect(await field.inputValue()).toMatch(/^!\[A river\]\(\/images\/[0-9a-f-]{36}-1600\.jpg#1000x420\)\n\n$/);
  await frame.locator('#comment-form button[type=submit]').click();
  const shown = frame.locator('.comment:not(.on-its-way) > article > .body img');
  await shown.waitFor();
  // The frame may still be led to where its comment stands.
  await until(() => shown.evaluate((image) => Reflect.get(image, 'naturalWidth') > 0).catch(() => false));
  expect(complaints).toEqual([]);
}, 60_000);

it('a frame takes no pictures where the site has none in comments', async () => {
  await allow(false);
  const { page } = await blogPage('/without');
  const field = page.frameLocator('iframe').locator('#new-comment');
  expect(await page.frameLocator('iframe').getByRole('button', { name: 'Add pictures' }).count()).toBe(0);
  for (const how of ['paste', 'drop'] as const)
    expect(await bringFiles(field, how, { files: [{ name: 'one.png', bytes }] })).toBe(false);
}, 60_000);
