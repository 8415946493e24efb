import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { NotificationList, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { until } from '../support/until.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let asker: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  asker = await site.forum.member('asker');
  // Else the visit to the discussion reads all three at once.
  const headers = { cookie: `colloquy_session=${asker.token}`, 'content-type': 'application/x-www-form-urlencoded' };
  await site.forum.call('POST', '/settings/notifications/visits', { headers, raw: 'kept=0' });
  post = await site.forum.publish(await site.forum.admin());
  const answerer = await site.forum.member('answerer');
  const root = await site.forum.comment(asker, post.id, { body: 'Who knows?' });
  for (let n = 1; n <= 3; n += 1) {
    await site.forum.comment(answerer, post.id, { parentId: root.id, body: `Answer ${n}` });
  }
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const unread = async (): Promise<number> =>
  (await site.forum.done<NotificationList>('GET', '/api/v1/notifications', { token: asker.token })).unread;

it('what was followed is new no more for who has no visits kept, and counted no more once nothing older is left', async () => {
  const { page, complaints } = await site.reader({ as: asker });
  const shown = () => page.locator('.entry.unread').count();
  const follow = async (text: string): Promise<void> => {
    await page.goto('/notifications');
    await page.locator('.entry', { hasText: text }).locator('h2 a').click();
    await page.waitForURL(/\/posts\//);
  };
  await page.goto('/notifications');
  expect(await shown()).toBe(3);
  expect(await unread()).toBe(3);
  await follow('Answer 3');
  await page.goto('/notifications');
  await until(async () => (await shown()) === 2);
  expect(await unread()).toBe(3);
  await follow('Answer 1');
  await until(async () => (await unread()) === 2);
  await follow('Answer 2');
  await until(async () => (await unread()) === 0);
  expect(complaints).toEqual([]);
});
