import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../../libs/testing/forum-caller.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

const COMMENTS = 2_000;
const CONVERSATIONS = 150;
/** Comments that a page shows, however long the thread is. */
const A_PAGE = 100;
/** What the page of a hundred comments is made of, however long the thread is. */
const MOST_ELEMENTS = 3_000;

let site: ForumInBrowser;
let mali: TestMember;
let keo: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor', 'moderator']);
  keo = await site.forum.member('keo');
  post = await site.forum.publish(mali, { title: 'Two thousand comments' });
  await fill();
}, 120_000);
afterAll(() => ForumInBrowser.close(site));

/** A hundred and fifty conversations of a dozen or so comments each, which answer one another. */
async function fill(): Promise<void> {
  const conversations: string[][] = Array.from({ length: CONVERSATIONS }, () => []);
  for (let round = 0; round * CONVERSATIONS < COMMENTS; round += 1) {
    const said = conversations.map((ids, n) => {
      const parentId = ids[(n * 31) % Math.max(1, ids.length)] ?? null;
      const body = `Comment ${round}.${n}: what was agreed in **Vientiane** takes time and people.\n\n> And then?\n\nWe will see.`;
      return site.forum.comment(mali, post.id, { body, parentId });
    });
    for (const [n, { id }] of (await Promise.all(said)).entries()) conversations[n]?.push(id);
  }
}

describe('a thread of two thousand comments', () => {
  it('becomes live with no more on its page than a short one', async () => {
    const { page, context, complaints } = await site.reader({ as: mali, viewport: { width: 390, height: 844 } });
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    await page.locator('.quiet-controls').waitFor();

    expect(await page.locator('.comment').count()).toBe(A_PAGE);
    expect(await page.locator('*').count()).toBeLessThan(MOST_ELEMENTS);
    expect(complaints).toEqual([]);
    await context.close();
  }, 120_000);
});

describe('a comment whose HTML is the server’s', () => {
  /** The last comment that stands four levels deep, far below what is in sight, with a mark on its element that a new element would not have. */
  async function deepComment(page: Page): Promise<string> {
    return page.evaluate(() => {
      const below = ' > details > ol > li';
      const deep = [...document.querySelectorAll(`.comments > li${below}${below}${below}`)].at(-1);
      deep?.querySelector('article')?.setAttribute('data-marked', '');
      return deep?.id ?? '';
    });
  }

  async function reads(timezoneId = 'UTC'): Promise<Page> {
    const { page } = await site.reader({ as: mali, timezoneId });
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    return page;
  }

  it('answers in place at the first press, and stays the same element', async () => {
    const page = await reads();
    const comment = page.locator(`#${await deepComment(page)}`);

    await comment.locator('> article [data-action=answer]').click();
    await comment.locator('#answer textarea').fill('From deep below');
    await comment.locator('#answer button[type=submit]').click();
    await comment.locator('> details .comment:not(.on-its-way)', { hasText: 'From deep below' }).waitFor();

    expect(await comment.locator('> article[data-marked]').count()).toBe(1);
    expect(new URL(page.url()).search).toBe('');
  });

  it('takes in what others answer below it', async () => {
    const page = await reads();
    const id = await deepComment(page);

    await site.forum.comment(keo, post.id, { parentId: id.replace('comment-', ''), body: 'From elsewhere' });
    await page.locator(`#${id} .comment`, { hasText: 'From elsewhere' }).waitFor({ state: 'attached' });

    expect(await page.locator(`#${id} > article[data-marked]`).count()).toBe(1);
  });

  it('tells its time in the reader’s zone, before it is touched and after', async () => {
    const page = await reads('Asia/Bangkok');
    const time = page.locator(`#${await deepComment(page)} > article time`);
    const told = async () => [await time.textContent(), (await time.getAttribute('title'))?.slice(-5)];
    const before = await told();

    await time.dispatchEvent('pointerdown');

    expect(before).toEqual([expect.stringMatching(/now|minutes? ago/), 'UTC+7']);
    expect(await told()).toEqual([expect.stringMatching(/now|minutes? ago/), 'UTC+7']);
  });

  it('can be answered no more once the discussion is closed', async () => {
    const page = await reads();
    const set = (state: string) =>
      site.forum.done('PUT', `/api/v1/posts/${post.id}/discussion`, { token: mali.token, body: { state } });
    expect(await page.locator('[data-action=answer]').count()).toBeGreaterThan(50);

    await set('closed');
    await page.waitForFunction(() => document.querySelector('[data-action=answer]') === null);

    expect(await page.locator('.notice').count()).toBe(1);
    await set('open');
    await page.waitForFunction(() => document.querySelectorAll('[data-action=answer]').length > 50);
  }, 60_000);
});
