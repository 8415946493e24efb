import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { MOST_ELEMENTS } from '../../src/web/thread/parts/page-budget.ts';
import type { Account } from '../support/forum-account.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { unlessMissing } from '../support/left-out.ts';
import { longThread, type Shape } from '../support/long-thread.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

const whenLong = unlessMissing(process.env['COLLOQUY_LONG'] === undefined ? 'COLLOQUY_LONG is not set' : null);

let site: ForumInBrowser;
let mali: TestMember;
let by: Account;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
  by = { token: mali.token, memberId: mali.member.id };
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const PHONE = { viewport: { width: 390, height: 844 } } as const;
const shownOn = (page: Page): Promise<string[]> =>
  page.locator('#thread .comment').evaluateAll((all) => all.map(({ id }) => id));
const elements = (page: Page): Promise<number> => page.locator('*').count();

/** So many pages on and back to the first one by their links: what each showed, and the elements of the largest. */
async function leafThrough(page: Page, pages: number) {
  const [seen, back, sizes]: [string[][], string[][], number[]] = [[await shownOn(page)], [], [await elements(page)]];
  const follows = async (rel: 'next' | 'prev', into: string[][]) => {
    const from = page.url();
    await page.locator(`.pages a[rel=${rel}]`).click();
    await page.waitForURL((url) => url.href !== from);
    into.push(await shownOn(page));
    sizes.push(await elements(page));
  };
  for (let n = 1; n < pages; n += 1) await follows('next', seen);
  while ((await page.locator('.pages a[rel=prev]').count()) > 0) await follows('prev', back);
  return { seen, back, largest: Math.max(...sizes) };
}

function walks(shape: Shape, comments: number): void {
  describe(`${comments} ${shape} comments`, () => {
    let thread: Awaited<ReturnType<typeof longThread>>;
    beforeAll(async () => {
      thread = await longThread(site.forum.url, by, { shape, comments });
    }, 600_000);

    it('as they are: pages within the bound, a way on and a way back', async () => {
      const { page, complaints, context } = await site.reader(PHONE);
      await page.goto(`/posts/${thread.slug}`);
      // A chain is one conversation, which the first page folds.
      const pages = shape === 'chain' ? 1 : 3;
      const { seen, back, largest } = await leafThrough(page, pages);

      expect(new Set(seen.map(([first]) => first)).size).toBe(pages);
      expect(back.at(-1) ?? seen[0]).toEqual(seen[0]);
      // A page back begins with as much as fits before this one, which need not be where a page on ended.
      expect(back.length).toBeGreaterThanOrEqual(pages - 1);
      expect(back.length).toBeLessThanOrEqual(pages);
      expect(largest).toBeLessThan(MOST_ELEMENTS);
      expect(complaints).toEqual([]);
      await context.close();
    }, 60_000);

    it('as they stood: pages within the bound, a way on and a way back, each answer below what it answers', async () => {
      const { page, complaints, context } = await site.reader(PHONE);
      await page.goto(`/posts/${thread.slug}?at=${new Date().toISOString()}`);
      const { seen, back, largest } = await leafThrough(page, 3);
      const items = await site.forum.thread(thread.postId, '?limit=50');
      const inOrder = items.items.map(({ id }) => `comment-${id}`);
      const tops = await page.locator('.comments > .comment').evaluateAll((all) => all.map(({ id }) => id));

      expect(seen[0]).toEqual(inOrder.slice(0, seen[0]?.length));
      expect(back.at(-1)).toEqual(seen[0]);
      expect(back[0]?.at(-1)).toBe(seen[1]?.at(-1));
      expect(seen.every((one) => one.length > 20)).toBe(true);
      expect(tops).toEqual(
        items.items
          .filter(({ depth, id }) => depth === 0 && seen[0]?.includes(`comment-${id}`))
          .map(({ id }) => `comment-${id}`),
      );
      expect(largest).toBeLessThan(MOST_ELEMENTS);
      expect(complaints).toEqual([]);
      await context.close();
    }, 60_000);

    // A chain has one page of conversations.
    if (shape !== 'chain') itShowsOnesOwn(() => thread);

    it('its address leads to a comment wherever that stands, to the top of the window', async () => {
      const wanted = [0.4, 0.6, 0.9].flatMap((share) => thread.commentIds[Math.floor(share * comments)] ?? []);
      for (const id of wanted) {
        const { page, context } = await site.reader(PHONE);
        await page.goto(`/posts/${thread.slug}#comment-${id}`);
        await page.locator(`#comment-${id}:target`).waitFor();
        await live(page);
        const place = await page.locator(`#comment-${id} > article`).evaluate((article) => {
          const foot = document.getElementById('thread-tools')?.offsetHeight ?? 0;
          const below = document.documentElement.scrollHeight - foot - innerHeight - scrollY;
          return { top: article.getBoundingClientRect().top, atEnd: below < 40 };
        });

        expect(place.atEnd || (place.top >= 0 && place.top <= 40)).toBe(true);
        expect(await elements(page)).toBeLessThan(MOST_ELEMENTS);
        await context.close();
      }
    }, 60_000);
  });
}

/** What one writes oneself belongs to the last page where the oldest come first, and to the first where the newest do. */
function itShowsOnesOwn(thread: () => { readonly slug: string }): void {
  const write = async (page: Page, text: string): Promise<void> => {
    await page.fill('#new-comment', text);
    await page.click('#comment-form button[type=submit]');
  };
  const leadsThere = async (page: Page, text: string): Promise<void> => {
    await page.locator('.comment:target', { hasText: text }).waitFor();
    expect(new URL(page.url()).searchParams.has('cursor')).toBe(true);
    expect(await page.locator('.pages a[rel=next]').count()).toBe(0);
  };

  it('says where one’s own comment stands that was written on another page, and leads to it', async () => {
    const { page, complaints, context } = await site.reader({ ...PHONE, as: mali });
    await page.goto(`/posts/${thread().slug}`);
    await live(page);
    const later = page.locator('.comments > .comment').last();
    const before = await later.getAttribute('id');

    await write(page, 'Written on the first page');
    const own = page.locator('.own-elsewhere');
    await own.locator('.notice a').waitFor();

    expect(await own.locator('.body').allInnerTexts()).toEqual(['Written on the first page']);
    expect(await own.locator('.notice').textContent()).toBe(
      'Your comment stands on another page of this discussion. Show it there',
    );
    expect(await later.getAttribute('id')).toBe(before);
    expect(await page.locator('.pill').count()).toBe(0);
    await own.locator('.notice a').click();
    await leadsThere(page, 'Written on the first page');
    expect(complaints).toEqual([]);
    await context.close();
  }, 60_000);

  it('shows one’s own comment on a later page where the newest come first', async () => {
    const { page, context } = await site.reader({ ...PHONE, as: mali });
    await page.goto(`/posts/${thread().slug}?sort=newest`);
    await page.locator('.pages a[rel=next]').click();
    await page.waitForURL((url) => url.searchParams.has('cursor'));
    await live(page);

    await write(page, 'Written behind the newest');
    await page.locator('.own-elsewhere .notice a').waitFor();

    expect(await page.locator('.own-elsewhere .body').allInnerTexts()).toEqual(['Written behind the newest']);
    expect(await page.locator('.pill').count()).toBe(0);
    await context.close();
  }, 60_000);

  it('leads to the page where one’s own comment stands, without a script', async () => {
    const { page, context } = await site.reader({ ...PHONE, as: mali, javaScriptEnabled: false });
    await page.goto(`/posts/${thread().slug}`);

    await write(page, 'Written without a script');

    await leadsThere(page, 'Written without a script');
    await context.close();
  }, 60_000);
}

walks('nested', 180);
walks('flat', 180);
whenLong.describe('in a long run', () => {
  walks('nested', 3_000);
  walks('chain', 3_000);
  walks('flat', 10_000);
});
