import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { until } from '../support/until.ts';
import { complaintsOfAxe } from './axe.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;
let linh: TestMember;
let post: Post;
let fresh: readonly Comment[];

beforeAll(async () => {
  site = await ForumInBrowser.open();
  const editor = await site.forum.admin();
  linh = await site.forum.member('linh');
  post = await site.forum.publish(editor, { title: 'A post', body: 'A line.' });
  const old = await site.forum.comment(editor, post.id, { body: 'Old' });
  const { page, context } = await site.reader({ as: linh });
  await page.goto(`/posts/${post.slug}`);
  await context.close();
  fresh = [
    await site.forum.comment(editor, post.id, { parentId: old.id, body: 'New answer' }),
    await site.forum.comment(editor, post.id, { body: 'New comment' }),
  ];
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

it('leads from one new comment to the next, by key and by button, on a device that was not here before', async () => {
  // The forum's clock is an hour later, so that this is another visit.
  const { now } = Date;
  Date.now = () => now() + 3_600_000;
  try {
    const { page, complaints } = await site.reader({ as: linh, viewport: { width: 360, height: 740 } });
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    expect(await page.locator('.badge.new').count()).toBe(2);
    const focused = () => page.evaluate(() => document.activeElement?.closest('.comment')?.id);
    const steps = [fresh[0], fresh[1], fresh[0]].map((comment) => `comment-${comment?.id}`);
    for (const step of steps) {
      await page.keyboard.press('n');
      await until(async () => (await focused()) === step);
    }
    for (const step of [steps[1], steps[0]]) {
      await page.click('[data-next-unread]');
      await until(async () => (await focused()) === step);
    }
    expect(await complaintsOfAxe(page)).toEqual([]);
    expect(complaints).toEqual([]);
    if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/thread.png`, fullPage: true });
  } finally {
    Date.now = now;
  }
});
