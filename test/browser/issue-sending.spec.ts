import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { newsletterReaders } from '../support/newsletter-readers.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let editor: TestMember;
let issue: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  editor = await site.forum.member('mali', ['editor']);
  issue = await site.forum.publish(editor, { title: 'October', kind: 'newsletter' });
  await newsletterReaders(site.forum, { count: 3 });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

it('an issue is sent after a second press, and its page tells by itself how far that is', async () => {
  const { page, complaints } = await site.reader({ as: editor });
  await page.goto(`/posts/${issue.slug}/issue`);
  await page.getByRole('link', { name: 'Send to all readers' }).click();
  await page.getByRole('heading', { name: 'Send it to 3 readers?' }).waitFor();
  await page.getByRole('button', { name: 'Send to all readers' }).click();
  const progress = page.locator('#issue-progress[role="status"]');
  await progress.filter({ hasText: 'It is being sent: 0 of 3 mails.' }).waitFor();
  const body = { do: 'stop' };
  await site.forum.done('POST', `/api/v1/posts/${issue.id}/issue`, { token: editor.token, body });
  await progress.filter({ hasText: 'Up to 3 that were on their way' }).waitFor();
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0);
  expect(complaints).toEqual([]);
});
