import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { commentTexts, ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;

beforeAll(async () => {
  site = await ForumInBrowser.open();
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

it('a page over plain HTTP from another machine posts like any other', async () => {
  const mali = await site.forum.member('mali', ['editor']);
  const post = await site.forum.publish(mali, { title: 'On the village network' });
  // Browsers trust 127.0.0.1 as they trust https; to this name for the same machine they offer no more than to any other.
  const { page, complaints } = await site.reader({ as: mali, url: `http://0.0.0.0:${site.forum.forum.port}` });

  await page.goto(`/posts/${post.slug}`);
  await live(page);
  expect(await page.evaluate(() => [isSecureContext, 'randomUUID' in crypto])).toEqual([false, false]);
  await page.fill('#new-comment', 'Sent over plain HTTP');
  await page.click('#comment-form button[type=submit]');
  await page.locator('#thread .comment:not(.on-its-way)').waitFor();

  expect(await commentTexts(page)).toEqual(['Sent over plain HTTP']);
  expect((await site.forum.thread(post.id)).items.map(({ body }) => body)).toEqual(['Sent over plain HTTP']);
  // Over plain HTTP a browser cannot isolate the page, and says so.
  expect(complaints.filter((complaint) => !complaint.includes('Cross-Origin-Opener-Policy'))).toEqual([]);
}, 60_000);
