import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { commentTexts, ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;

beforeAll(async () => {
  site = await ForumInBrowser.open();
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

it('a member behind a network without WebSockets reads and writes live by polling, in its own session', async () => {
  const mali = await site.forum.member('mali', ['editor']);
  const post = await site.forum.publish(mali, { title: 'Behind the office wall' });
  const { page } = await site.reader({ as: mali });
  // No upgrade succeeds there.
  await page.addInitScript(() => {
    const Real = WebSocket;
    Object.assign(window, {
      WebSocket: class extends Real {
        constructor() {
          super(`ws://${location.host}/nowhere`);
        }
      },
    });
  });

  await page.goto(`/posts/${post.slug}`);
  await live(page);
  await page.fill('#new-comment', 'Sent by polling');
  await page.click('#comment-form button[type=submit]');
  await page.locator('#thread .comment:not(.on-its-way)').waitFor();
  await site.forum.comment(mali, post.id, { body: 'Told by polling' });
  await page.getByText('Told by polling').waitFor();

  expect(await commentTexts(page)).toEqual(['Sent by polling', 'Told by polling']);
}, 60_000);
