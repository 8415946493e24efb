import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { BlogInBrowser } from './blog-in-browser.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

let blog: BlogInBrowser;

beforeAll(async () => {
  blog = await BlogInBrowser.open();
  const { forum } = blog.sites;
  const { token } = await forum.admin();
  await forum.done('PATCH', '/api/v1/site', { token, body: { newsletter: true } });
}, 120_000);
afterAll(() => BlogInBrowser.close(blog));

/** The page that a press in the frame opens beside it. */
async function asks(page: Page, email: string): Promise<Page> {
  const frame = page.frameLocator('iframe');
  await frame.getByLabel('The newsletter by e-mail').fill(email);
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    frame.getByRole('button', { name: 'Get the newsletter' }).click(),
  ]);
  await opened.waitForLoadState();
  return opened;
}

it.each([
  ['with', true],
  ['without', false],
])('a reader asks for the newsletter in a frame of another site %s scripts', async (_, isScripted) => {
  const { sites } = blog;
  const src = `${sites.origin}/embed?url=${encodeURIComponent(`${sites.site('blog.test')}/peace`)}`;
  const html = `<!doctype html><title>Peace</title><iframe src="${src}" height="900" width="600"></iframe>`;
  sites.pages.set('blog.test/peace', { html, headers: {} });
  const context = await blog.newContext({ javaScriptEnabled: isScripted });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${sites.site('blog.test')}/peace`);
  const opened = await asks(page, `mali-${isScripted}@example.org`);
  expect(opened.url()).toBe(`${sites.origin}/newsletter?sent=1`);
  expect(await opened.textContent('main')).toContain('Look into your mailbox');
  expect(await page.frameLocator('iframe').locator('#thread').count()).toBe(1);
  await context.close();
});
