import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { MOST_ELEMENTS } from '../../src/web/thread/parts/page-budget.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

/** Answers to the first comment at all depths, and conversations after it. */
const ANSWERS = 104;
const OTHERS = 60;
/** Requests at one time: fewer than a busy machine refuses. */
const AT_ONCE = 20;
/** Each part of a conversation is as much as a page holds. */
const MOST_CLICKS = 4;

let site: ForumInBrowser;
let mali: TestMember;
let keo: TestMember;
let post: Post;
let first: string;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
  keo = await site.forum.member('keo');
  post = await site.forum.publish(mali, { title: 'One long conversation' });
  first = (await site.forum.comment(mali, post.id, { body: 'The first comment' })).id;
  const answers = await comments(ANSWERS / 2, () => first);
  await comments(ANSWERS / 2, (n) => answers[n % 7] ?? first);
  await comments(OTHERS, () => null);
}, 120_000);
afterAll(() => ForumInBrowser.close(site));

async function comments(count: number, parentOf: (n: number) => string | null): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const group = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, n) => from + n);
    const said = await Promise.all(
      group.map((n) => site.forum.comment(keo, post.id, { body: `Comment **${n}**`, parentId: parentOf(n) })),
    );
    ids.push(...said.map(({ id }) => id));
  }
  return ids;
}

const elements = (page: Page): Promise<number> => page.locator('*').count();
const more = (page: Page) => page.locator('.more-answers').first();
const shownIds = (page: Page) => page.locator('#thread .comment').evaluateAll((all) => all.map(({ id }) => id));

interface Step {
  readonly ids: readonly string[];
  readonly elements: number;
  readonly hasNext: boolean;
  readonly pills: number;
  /** Of the first comment, in words. */
  readonly answers: string | null;
}

async function stepOf(page: Page): Promise<Step> {
  return {
    ids: await shownIds(page),
    elements: await elements(page),
    hasNext: (await page.locator('.pages a[rel=next]').count()) === 1,
    pills: await page.locator('.pill').count(),
    answers: await page.locator(`#comment-${first} > .answers > summary .fold-words`).textContent(),
  };
}

/** Presses for the rest of the first conversation until there is none, and looks around before each press and at the end. */
async function followed(page: Page, after: (before: Step) => Promise<void>): Promise<readonly Step[]> {
  const steps = [await stepOf(page)];
  while ((await page.locator(`#comment-${first} > .more-answers`).count()) > 0 && steps.length <= MOST_CLICKS) {
    await more(page).click();
    await after(steps[steps.length - 1] ?? (await stepOf(page)));
    steps.push(await stepOf(page));
  }
  return steps;
}

describe('a conversation that is longer than a page', () => {
  it.each([true, false])(
    'is read to its end in few steps, each with a way on to the next one; with a script: %s',
    async (javaScriptEnabled) => {
      const { page, context, complaints } = await site.reader({ javaScriptEnabled });
      await page.goto(`/posts/${post.slug}`);
      if (javaScriptEnabled) await live(page);

      const steps = await followed(page, async (before) => {
        await page.waitForFunction((ids) => {
          const now = [...document.querySelectorAll('#thread .comment')].map(({ id }) => id);
          return document.readyState === 'complete' && now.some((id) => !ids.includes(id));
        }, before.ids);
        if (javaScriptEnabled) await live(page);
      });

      const seen = new Set(steps.flatMap(({ ids }) => ids));
      const thread = await site.forum.thread(post.id, '?limit=1');
      expect(thread.items.filter(({ id }) => !seen.has(`comment-${id}`))).toEqual([]);
      expect(steps.length - 1).toBeLessThan(MOST_CLICKS);
      expect(steps.map(({ hasNext }) => hasNext)).toEqual(steps.map(() => true));
      expect(steps.map(({ pills }) => pills)).toEqual(steps.map(() => 0));
      expect(steps.map(({ answers }) => answers)).toEqual(steps.map(() => `${ANSWERS} answers`));
      expect(Math.max(...steps.map((step) => step.elements))).toBeLessThan(MOST_ELEMENTS);
      await page.locator('.pages a[rel=next]').click();
      await page.locator(`#comment-${first}`).waitFor({ state: 'detached' });
      const next = await site.forum.thread(post.id, `?limit=1&cursor=${thread.next}`);
      expect((await shownIds(page))[0]).toBe(`comment-${next.items[0]?.id}`);
      expect(complaints).toEqual([]);
      await context.close();
    },
    90_000,
  );

  it('is told of what really is new, and leads to it', async () => {
    const { page } = await site.reader();
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    const { id } = await site.forum.comment(mali, post.id, { body: 'This one is new' });

    await page.locator('.pill', { hasText: '1 new comment on a later page' }).click();

    await page.locator(`#changes a[href="/comments/${id}"]`).first().waitFor();
  }, 60_000);
});

describe('the pages of a long discussion', () => {
  it('are full, and say where they stand', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    const places: string[] = [];
    const sizes: number[] = [];
    await page.goto(`/posts/${post.slug}`);
    for (let isOn = true; isOn; ) {
      places.push((await page.locator('.place').textContent()) ?? '');
      sizes.push((await shownIds(page)).length);
      isOn = (await page.locator('.pages a[rel=next]').count()) > 0;
      if (isOn) await page.locator('.pages a[rel=next]').click();
    }
    await page.goto(`/posts/${post.slug}`);
    await page.getByText('To the last comments').click();

    const ranges = places.map((place) => /(\d+)–(\d+) of (\d+)/.exec(place)?.slice(1).map(Number) ?? []);
    const [from, to] = [ranges.map(([begin]) => begin), ranges.map(([, end]) => end)];
    const count = ranges[0]?.[2] ?? 0;
    expect(from).toEqual([1, ...to.slice(0, -1).map((end = 0) => end + 1)]);
    expect([to.at(-1), count]).toEqual([count, (await site.forum.thread(post.id, '?limit=1')).total]);
    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(35);
    expect(await page.locator('.pages a[rel=next]').count()).toBe(0);
    expect(await page.locator('.place').textContent()).toContain(`–${count} of ${count}`);
  }, 60_000);

  it('can be ordered, also where only one conversation stands on the first one, now and as they stood', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    const alone = await site.forum.publish(mali, { title: 'One comment and its answers' });
    const { id: parentId } = await site.forum.comment(mali, alone.id, { body: 'The only one' });
    const { position } = await site.forum.comment(keo, alone.id, { body: 'Its answer', parentId });

    for (const query of ['', `?at=${position}`]) {
      await page.goto(`/posts/${alone.slug}${query}`);
      expect(await page.locator('.sort a').count()).toBe(3);
    }
  });

  it('count the answers below a comment as it stood, on the page or not', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    const { position } = await site.forum.thread(post.id, '?limit=1');

    await page.goto(`/posts/${post.slug}?at=${position}`);

    expect(await page.locator(`#comment-${first} > .answers > summary .fold-words`).textContent()).toBe(
      `${ANSWERS} answers`,
    );
    await page.getByText('To the last comments').click();
    expect(await page.locator('.place').textContent()).toMatch(/–(\d+) of \1$/);
  });

  it('have the beginning of a long post alone, behind the first one', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    const body = Array.from({ length: 200 }, (_, n) => `Paragraph ${n}`).join('\n\n');
    const long = await site.forum.publish(mali, { title: 'A long post', body });
    for (let n = 0; n < 60; n += 20)
      await Promise.all(Array.from({ length: 20 }, (_, k) => site.forum.comment(keo, long.id, { body: `${n + k}` })));
    await page.goto(`/posts/${long.slug}`);
    expect(await page.getByText('Paragraph 199').count()).toBe(1);

    await page.locator('.pages a[rel=next]').click();

    expect(await page.getByText('Paragraph 199').count()).toBe(0);
    await page.getByText('Read the whole post').click();
    await page.getByText('Paragraph 199').waitFor();
  });
});
