import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { MOST_ELEMENTS } from '../../src/web/thread/parts/page-budget.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { longThread, SHAPES } from '../support/long-thread.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

const COMMENTS = 600;
const CONVERSATIONS = 40;
/** Requests at one time: fewer than a busy machine refuses. */
const AT_ONCE = 20;
/** Of a conversation that is longer. */
const FIRST_ANSWERS = 10;

let site: ForumInBrowser;
let mali: TestMember;
let keo: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor', 'moderator']);
  keo = await site.forum.member('keo');
  post = await site.forum.publish(mali, { title: 'Six hundred comments' });
  await fill();
}, 120_000);
afterAll(() => ForumInBrowser.close(site));

async function inGroups<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE)
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  return results;
}

/** Forty conversations of fifteen comments each, which answer one another. */
async function fill(): Promise<void> {
  const conversations: string[][] = Array.from({ length: CONVERSATIONS }, () => []);
  for (let round = 0; round * CONVERSATIONS < COMMENTS; round += 1) {
    const said = await inGroups([...conversations.entries()], ([n, ids]) => {
      const parentId = ids[(n * 31) % Math.max(1, ids.length)] ?? null;
      const body = `Comment ${round}.${n}: what was agreed in **Vientiane** takes time and people.\n\n> And then?\n\nWe will see.`;
      return site.forum.comment(mali, post.id, { body, parentId });
    });
    for (const [n, { id }] of said.entries()) conversations[n]?.push(id);
  }
}

const elements = (page: Page): Promise<number> => page.locator('*').count();

describe('the page of a long thread', () => {
  it.each(SHAPES)(
    '%s, becomes live within its bound of elements, and stays within it while comments keep coming',
    async (shape) => {
      const by = { token: mali.token, memberId: mali.member.id };
      const { postId, slug, commentIds } = await longThread(site.forum.url, by, { shape, comments: 200 });
      const { page, context, complaints } = await site.reader({ as: mali, viewport: { width: 390, height: 844 } });
      await page.goto(`/posts/${slug}${shape === 'flat' ? '?sort=newest' : ''}`);
      await live(page);
      await page.locator('.quiet-controls').waitFor();
      const atFirst = await elements(page);

      await inGroups([...Array(120).keys()], (n) => {
        const parentId = n % 2 === 0 ? null : commentIds[n % 3];
        return site.forum.comment(keo, postId, { body: `A burst, ${n}`, parentId });
      });
      const last = await site.forum.comment(keo, postId, { body: 'The last one', parentId: commentIds[0] });
      // It has been told of when the count above the thread has it.
      await page.locator('#discussion-title', { hasText: '321 comments' }).waitFor();

      expect(atFirst).toBeGreaterThan(500);
      expect(atFirst).toBeLessThan(MOST_ELEMENTS);
      expect(await elements(page)).toBeLessThan(MOST_ELEMENTS);
      expect(await page.locator('.pill, .more-answers').count()).toBeGreaterThan(0);
      expect(last.id).not.toBe('');
      expect(complaints).toEqual([]);
      await context.close();
    },
    120_000,
  );

  it('shows the answers that it folds in place, part by part, within the same bound', async () => {
    const { page, complaints } = await site.reader({ as: mali, viewport: { width: 390, height: 844 } });
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    await page.locator('.quiet-controls').waitFor();
    const conversation = page.locator('.comments > .comment').first();
    const more = conversation.locator('> .more-answers');
    const comments = () => conversation.locator('.comment').count();
    const before = await comments();

    await more.click();
    await page.waitForFunction(
      (n) => document.querySelectorAll('.comments > .comment:first-child .comment').length > n,
      before,
    );
    await more.waitFor({ state: 'detached' });

    const thread = await site.forum.thread(post.id, '?limit=1');
    expect(before).toBe(FIRST_ANSWERS);
    expect(await comments()).toBe(thread.items.length - 1);
    expect(await elements(page)).toBeLessThan(MOST_ELEMENTS);
    expect(new URL(page.url()).search).toBe('');
    // The keyboard is at the first of them.
    expect(await page.evaluate(() => document.activeElement?.closest('.comment')?.id)).toBe(
      `comment-${thread.items[FIRST_ANSWERS + 1]?.id}`,
    );
    expect(complaints).toEqual([]);
  }, 60_000);

  it('leads to the answers that it folds, and back, without a script', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    await page.goto(`/posts/${post.slug}`);
    const thread = await site.forum.thread(post.id, '?limit=1');
    const first = thread.items[FIRST_ANSWERS + 1];

    await page.locator('.more-answers').first().click();
    await page.locator(`#comment-${first?.id}:target`).waitFor();
    const ids = await page.locator('.comment').evaluateAll((all) => all.map(({ id }) => id.replace('comment-', '')));
    await page.locator('.notice a').click();
    await page.locator(`#comment-${thread.items[0]?.id}:target`).waitFor();

    const rest = thread.items.slice(FIRST_ANSWERS + 1).map(({ id }) => id);
    expect(ids.slice(-rest.length)).toEqual(rest);
    expect(await page.locator('.comments > .comment').count()).toBeGreaterThan(1);
  });

  it('has a way on and a way back, without a script', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    const first = () => page.locator('.comment').first().getAttribute('id');
    await page.goto(`/posts/${post.slug}`);
    const seen = [await first()];
    for (let n = 0; n < 3; n += 1) {
      await page.locator('.pages a[rel=next]').click();
      seen.push(await first());
    }
    const back: (string | null)[] = [];
    while ((await page.locator('.pages a[rel=prev]').count()) > 0) {
      back.push(await first());
      await page.locator('.pages a[rel=prev]').click();
    }

    expect(new Set(seen).size).toBe(4);
    expect(back[0]).toBe(seen[3]);
    expect(await first()).toBe(seen[0]);
  });

  it('is where its address says when one goes to a comment, wherever that stands', async () => {
    const thread = await site.forum.thread(post.id, '?limit=100');
    const wanted = [thread.items[12], thread.items[40], thread.items[300], thread.items.at(-1)].flatMap(
      (one) => one ?? [],
    );
    const places: { readonly top: number; readonly atEnd: boolean }[] = [];
    for (const { id } of wanted) {
      const { page, context } = await site.reader({ viewport: { width: 390, height: 844 } });
      await page.goto(`/posts/${post.slug}#comment-${id}`);
      await page.locator(`#comment-${id}:target`).waitFor();
      await live(page);
      await page.locator('.quiet-controls').waitFor();
      const place = await page.locator(`#comment-${id} > article`).evaluate((article) => {
        const { top } = article.getBoundingClientRect();
        // The controls at the foot, with their margin, came after the page had gone there.
        const foot = document.getElementById('thread-tools')?.offsetHeight ?? 0;
        const below = document.documentElement.scrollHeight - foot - innerHeight - scrollY;
        return { top, atEnd: below < 40, below };
      });
      places.push(place);
      await context.close();
    }

    // At the top of the window, but for a margin of a line.
    expect(places.filter(({ top, atEnd }) => !atEnd && (top < 0 || top > 40))).toEqual([]);
  }, 60_000);
});

describe('a comment whose HTML is the server’s', () => {
  /** The last comment that stands four levels deep, far below what is in sight, with a mark on its element that a new element would not have. */
  async function deepComment(page: Page): Promise<string> {
    return page.evaluate(() => {
      const below = ' > details > ol > li';
      // The last one of a conversation has more below it that is not on the page.
      const isLast = (one: Element) =>
        one.contains([...(one.closest('.comments > li')?.querySelectorAll('.comment') ?? [])].at(-1) ?? null);
      const deep = [...document.querySelectorAll(`.comments > li${below}${below}${below}`)].findLast(
        (one) => !isLast(one),
      );
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
    expect(await page.locator('[data-action=answer]').count()).toBeGreaterThan(20);

    await set('closed');
    await page.waitForFunction(() => document.querySelector('[data-action=answer]') === null);

    expect(await page.locator('.notice').count()).toBe(1);
    await set('open');
    await page.waitForFunction(() => document.querySelectorAll('[data-action=answer]').length > 20);
  }, 60_000);
});
