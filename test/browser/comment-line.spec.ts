import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

const HEIGHT = 800;

let site: ForumInBrowser;
let reader: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  const editor = await site.forum.member('mali', ['editor']);
  reader = await site.forum.member('somchai');
  post = await site.forum.publish(editor, { title: 'The river in May' });
  const first = await site.forum.comment(editor, post.id, { body: 'It rose.' });
  await site.forum.comment(editor, post.id, { body: 'It fell.', parentId: first.id });
  await site.forum.comment(editor, post.id, { body: 'It rose again.', parentId: first.id });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

/** For each comment the rows that its actions stand in: how many there are of them in each. */
function rowsOfActions(page: Page): Promise<readonly (readonly number[])[]> {
  return page.locator('.comment .actions').evaluateAll((lines) =>
    lines.map((line) => {
      const rows = new Map<number, number>();
      for (const action of line.querySelectorAll('.action, .reaction')) {
        if (!action.checkVisibility()) continue;
        const top = Math.round(action.getBoundingClientRect().top);
        rows.set(top, (rows.get(top) ?? 0) + 1);
      }
      return [...rows.values()];
    }),
  );
}

describe('the line of actions below a comment, on a phone of 360 px', () => {
  it.each(['en', 'th', 'km', 'lo', 'my', 'vi', 'zh'])('never leaves one action alone in a row: %s', async (locale) => {
    await site.forum.done('PATCH', '/api/v1/members/me', { token: reader.token, body: { locale } });
    const { page, context } = await site.reader({ as: reader, viewport: { width: 360, height: HEIGHT } });
    await page.goto(`/posts/${post.slug}`);

    const rows = await rowsOfActions(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await context.close();

    expect(rows).toHaveLength(3);
    expect(rows.flat().filter((actions) => actions === 1)).toEqual([]);
    expect(over).toBe(0);
    // Answer, React, Report, Share and what few look for.
    if (locale === 'en') expect(rows).toEqual([[5], [5], [5]]);
  });
});

/** How far the ring stands from the words of the label that folds the answers, and from the screen's edge, in pixels. */
function foldAndRing(page: Page) {
  return page.locator('.answers > summary').evaluate((summary) => {
    const ringed = [...summary.querySelectorAll('*')].find((part) => getComputedStyle(part).outlineStyle !== 'none');
    const label = summary.querySelector('.fold-open, .fold-closed:not(:empty)');
    if (!ringed || !label) return null;
    const ring = ringed.getBoundingClientRect();
    const offset = Number.parseFloat(getComputedStyle(ringed).outlineOffset);
    const words = label.getBoundingClientRect();
    return {
      left: words.left - (ring.left - offset),
      right: ring.right + offset - words.right,
      room: document.documentElement.clientWidth - (ring.right + offset),
    };
  });
}

describe('the ring around the label that folds the answers', () => {
  it.each([360, 1440])('does not cross its words at %d px', async (width) => {
    const { page } = await site.reader({ viewport: { width, height: HEIGHT } });
    await page.goto(`/posts/${post.slug}`);
    // The ring is for whoever uses keys.
    await page.keyboard.press('Tab');
    await page.locator('.answers > summary').focus();

    const found = await foldAndRing(page);

    expect(found?.left).toBeGreaterThanOrEqual(2);
    // The chevron is turned: its corner stands out of its place by a pixel and a half.
    expect(found?.right).toBeGreaterThanOrEqual(3);
    expect(found?.room).toBeGreaterThanOrEqual(2);
  });
});
