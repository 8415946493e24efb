import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;
let keo: TestMember;
let post: Post;
let comment: Comment;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  const admin = await site.forum.admin();
  keo = await site.forum.member('keo', ['moderator']);
  post = await site.forum.publish(admin, { title: 'Sông', body: 'Một bài viết.' });
  comment = await site.forum.comment(admin, post.id, { body: 'ขอบคุณสำหรับบทความนี้' });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

/** Keo's browser, in which keo has half typed a comment and a translation, and another member something. */
async function halfTyped(): Promise<Page> {
  const { token } = await site.forum.signIn('keo');
  const { page } = await site.reader({ as: { ...keo, token }, viewport: { width: 360, height: 700 } });
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(`/comments/${comment.id}/translations?language=en`);
  await page.locator('form[data-draft]').waitFor();
  await page.waitForFunction(() => document.readyState === 'complete');
  await page.getByLabel('Translation', { exact: true }).fill('Thanks for');
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  await page.locator('#comment-form textarea').fill('I agree with');
  await page.evaluate(() => localStorage.setItem('colloquy:draft:of-another', 'Words'));
  await page.evaluate((id) => localStorage.setItem(`colloquy:outbox:${id}`, '[]'), keo.member.id);
  await page.waitForFunction(() => {
    const texts = Object.values(localStorage).join();
    return texts.includes('I agree with') && texts.includes('Thanks for');
  });
  return page;
}

function textsIn(page: Page): Promise<readonly string[]> {
  // When a text was typed is noted a little after it.
  return page.evaluate(() =>
    Object.keys(localStorage).filter((key) => /:(?:draft|write|outbox):/.test(key) && !key.includes(':seen:')),
  );
}

describe('a member who signs out', () => {
  it.each(['/sign-out', 'the menu'])('leaves nothing half typed to others who use the browser (%s)', async (way) => {
    const page = await halfTyped();
    if (way === '/sign-out') {
      await page.goto(way);
      await page.getByText('What you typed and did not send is removed from this browser.').waitFor();
      expect([await complaintsOfAxe(page), await overhang(page)]).toEqual([[], 0]);
      await page.locator('main button[type=submit]').click();
    } else {
      await page
        .locator('form[action="/sign-out"]')
        .first()
        .evaluate((form) => {
          if (form instanceof HTMLFormElement) form.requestSubmit();
        });
    }
    await page.waitForURL('**/');
    await page.locator('a[href^="/sign-in"]').first().waitFor({ state: 'attached' });
    await page.waitForFunction(() => !Object.values(localStorage).join().includes('I agree with'));
    expect((await textsIn(page)).toSorted()).toEqual([
      'colloquy:draft:of-another',
      // Sent, and not arrived yet.
      `colloquy:outbox:${keo.member.id}`,
    ]);
    await page.context().close();
  });

  it('keeps what it typed where the session ended otherwise', async () => {
    const page = await halfTyped();
    const before = await textsIn(page);
    await page.context().clearCookies();
    await page.goto('/');
    await page.waitForFunction(() => document.readyState === 'complete');
    expect(await textsIn(page)).toEqual(before);
    await page.context().close();
  });
});
