import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let admin: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  admin = await site.forum.member('sokha', ['admin']);
  post = await site.forum.publish(admin, { title: 'The river in May' });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

/** How many different heights the things in the head stand at. */
async function rowsOfHead(page: Page): Promise<number> {
  return page.evaluate(() => {
    const parts = [...document.querySelectorAll('.site-head :is(a, button)')].filter((part) => part.checkVisibility());
    return new Set(parts.map((part) => Math.round(part.getBoundingClientRect().top / 30))).size;
  });
}

describe('the head of a page', () => {
  it.each([320, 390, 768, 1152, 1440])(
    'is one row at %d px, for readers and admins, in every language',
    async (width) => {
      const long: string[] = [];
      for (const as of [undefined, admin]) {
        for (const locale of ['en', 'th', 'km', 'lo', 'my', 'vi', 'zh']) {
          const { page, context } = await site.reader({
            ...(as && { as }),
            viewport: { width, height: 800 },
            extraHTTPHeaders: { 'accept-language': locale },
          });
          if (as) await site.forum.done('PATCH', '/api/v1/members/me', { token: as.token, body: { locale } });
          await page.goto('/');
          const rows = await rowsOfHead(page);
          const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          if (rows !== 1 || over > 0) long.push(`${as ? 'admin' : 'reader'} ${locale}: ${rows} rows, ${over} px over`);
          await context.close();
        }
      }
      await site.forum.done('PATCH', '/api/v1/members/me', { token: admin.token, body: { locale: 'en' } });

      expect(long).toEqual([]);
    },
    120_000,
  );

  it('opens its menu on a phone without a script, and leads on', async () => {
    const { page } = await site.reader({ as: admin, javaScriptEnabled: false, viewport: { width: 390, height: 800 } });

    await page.goto('/');
    expect(await page.locator('.menu a').first().isVisible()).toBe(false);
    await page.click('.menu-button');
    await page.click('.menu a[href="/archive"]');

    await page.waitForURL('**/archive');
  });
});

describe('the front page', () => {
  it('has a description, and its "Read more" names the post', async () => {
    const { page } = await site.reader();

    await page.goto('/');

    expect(await page.locator('meta[name=description]').getAttribute('content')).toMatch(/^Posts and the discussions/);
    expect(await page.getByRole('link', { name: 'Read more The river in May' }).count()).toBe(1);
  });
});

describe('a list in a comment', () => {
  it('keeps its numbers and its bullets', async () => {
    await site.forum.comment(admin, post.id, { body: '1. one\n2. two\n\n- a\n- b' });
    const { page } = await site.reader();

    await page.goto(`/posts/${post.slug}`);

    const styles = page.locator('.comment .body :is(ol, ul)');
    expect(await styles.evaluateAll((lists) => lists.map((list) => getComputedStyle(list).listStyleType))).toEqual([
      'decimal',
      'disc',
    ]);
  });
});

describe('the choice of a language', () => {
  it('leads back to the same place of the same page', async () => {
    const long = await site.forum.publish(admin, { title: 'A long way down', body: 'A line.\n\n'.repeat(60) });
    const comment = await site.forum.comment(admin, long.id, { body: 'At the end.' });
    const { page } = await site.reader({ viewport: { width: 360, height: 640 } });
    await page.goto(`/posts/${long.slug}#comment-${comment.id}`);
    await page.selectOption('#locale', 'vi');
    await page.evaluate(() => scrollTo(0, 700));
    const place = await page.evaluate(() => scrollY);

    // A press on the button, which is far below, would scroll to it first.
    await page.locator('.language-form').evaluate((form: HTMLFormElement) => form.requestSubmit());
    await page.locator('html[lang=vi]').waitFor();

    await page.waitForFunction((top) => Math.abs(scrollY - top) <= 2, place);
    expect(new URL(page.url()).hash).toBe(`#comment-${comment.id}`);
    expect(await page.evaluate(() => sessionStorage.getItem('colloquy:place'))).toBeNull();
  });
});
