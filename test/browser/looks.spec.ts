import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { until } from '../support/until.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

const LANGUAGES = ['en', 'vi', 'th', 'km', 'lo', 'my', 'zh'];
const LONG_ADDRESS = `https://example.org/${'a-very-long-part-'.repeat(12)}`;

let site: ForumInBrowser;
let editor: TestMember;
let slug: string;
let comment: Comment;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  const longName = { displayName: 'Maximilian-Alexander Wolfeschlegelsteinhausenberger' };
  await site.forum.done('PATCH', '/api/v1/members/me', {
    token: (await site.forum.member('max')).token,
    body: longName,
  });
  editor = await site.forum.member('mali', ['editor']);
  const body = `A paragraph.\n\n> A quotation\n\n| a | table |\n|-|-|\n| ${'wide '.repeat(40)} | x |\n\n\`\`\`\n${'code '.repeat(60)}\n\`\`\`\n\n${LONG_ADDRESS}`;
  const post = await site.forum.publish(editor, { title: 'A post with all there is', body, tags: ['one', 'two'] });
  slug = post.slug;
  let parentId: string | undefined;
  for (let depth = 0; depth <= 10; depth += 1) {
    const answer = await site.forum.comment(editor, post.id, {
      body: `Depth ${depth}: ${LONG_ADDRESS}`,
      ...(parentId ? { parentId } : {}),
    });
    parentId = answer.id;
  }
  comment = await site.forum.comment(editor, post.id, { body: 'ขอบคุณสำหรับบทความนี้' });
  await site.forum.done('PATCH', `/api/v1/comments/${comment.id}`, {
    token: editor.token,
    body: { body: 'ขอบคุณมากสำหรับบทความนี้', revision: comment.revision },
  });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const pages = (): readonly string[] => [
  '/',
  '/archive',
  `/posts/${slug}`,
  `/posts/${slug}?answer=${comment.id}#answer`,
  `/posts/${slug}?at=${comment.createdAt}&since=0`,
  `/comments/${comment.id}/history`,
  `/comments/${comment.id}/edit`,
  '/members/mali',
  '/members/max',
  '/settings',
  '/write',
  '/write/from-month',
  '/nothing-here',
];

describe('at every width', () => {
  it.each(LANGUAGES)(
    'nothing is wider than the screen, in %s',
    async (language) => {
      await site.forum.done('PATCH', '/api/v1/members/me', { token: editor.token, body: { locale: language } });
      const { page } = await site.reader({ as: editor, viewport: { width: 1440, height: 800 } });
      const tooWide: string[] = [];
      for (const path of [...pages(), '/register', '/sign-in']) {
        await page.goto(path);
        // A page that came to a desktop is laid out anew for each width, as when a window is made smaller or a phone turned.
        for (const width of [1440, 768, 360, 320]) {
          await page.setViewportSize({ width, height: 800 });
          const over = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (over > 0) tooWide.push(`${path} at ${width} px: ${over} px`);
        }
      }
      await site.forum.done('PATCH', '/api/v1/members/me', { token: editor.token, body: { locale: 'en' } });

      expect(tooWide).toEqual([]);
    },
    120_000,
  );

  it('buttons, links of the page’s frame and actions are 44 px high on a phone', async () => {
    const { page } = await site.reader({ as: editor, viewport: { width: 360, height: 740 }, hasTouch: true });
    const small: string[] = [];
    for (const path of pages()) {
      await page.goto(path);
      small.push(
        ...(await page.evaluate(() =>
          [
            ...document.querySelectorAll(
              'button, .button, .action, .sort a, .pages a, nav a, select, input:not([type=hidden], [type=radio], [type=checkbox])',
            ),
          ]
            // What stands for the key Enter alone is seen and reached by nobody.
            .filter((element) => !element.matches('[aria-hidden=true][tabindex="-1"]'))
            .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
            .map((element) => element.outerHTML.slice(0, 80)),
        )),
      );
    }

    expect(small).toEqual([]);
  }, 60_000);

  it('where there are fingers alone, nobody is told of keys', async () => {
    for (const isMobile of [true, false]) {
      const { page, context } = await site.reader({
        viewport: { width: 360, height: 740 },
        isMobile,
        hasTouch: isMobile,
      });
      await page.goto(`/posts/${slug}`);
      const hint = page.locator('.keys-hint');
      await hint.waitFor({ state: 'attached' });
      // A browser may learn what its device points with after the page has come.
      await hint.waitFor({ state: isMobile ? 'hidden' : 'visible' });
      expect(await hint.count()).toBe(1);
      await context.close();
    }
  }, 60_000);

  it('scripts whose marks stack have room between the lines, and no italics', async () => {
    const { page } = await site.reader();
    await page.goto(`/posts/${slug}`);
    const text = page.locator(`#comment-${comment.id} .body`);

    const style = await text.evaluate((element) => {
      const { lineHeight, fontSize } = getComputedStyle(element);
      return Number.parseFloat(lineHeight) / Number.parseFloat(fontSize);
    });

    expect(await text.getAttribute('lang')).toBe('th');
    expect(style).toBeCloseTo(1.85);
  });
});

describe('with the keyboard alone', () => {
  it('the keys go from comment to comment, fold, answer and tell about themselves; a switch turns them off', async () => {
    const { page } = await site.reader({ as: editor });
    await page.goto(`/posts/${slug}`);
    await page.locator('.quiet-controls').waitFor();
    const focused = () =>
      page.evaluate(() =>
        document.activeElement?.closest('.comment')?.querySelector('.body')?.textContent?.slice(0, 7),
      );

    // The keys' program comes with the first of them.
    await page.keyboard.press('j');
    await until(async () => (await focused()) === 'Depth 0');
    await page.keyboard.press('j');
    await until(async () => (await focused()) === 'Depth 1');
    await page.keyboard.press('k');
    await until(async () => (await focused()) === 'Depth 0');
    await page.keyboard.press('f');
    await page.locator('.comment').nth(1).waitFor({ state: 'hidden' });
    await page.keyboard.press('r');
    await page.locator('#answer textarea:focus').waitFor();
    await page.keyboard.type('?');
    expect(await page.locator('dialog').count()).toBe(0);
    await page.locator('#answer a.button').click();
    await page.keyboard.press('n');
    await page.getByRole('log').getByText('No comment is new.').waitFor();
    await page.keyboard.press('?');
    await page.locator('dialog[open]').waitFor();
    for (const [key, does] of [
      ['B', 'Bold'],
      ['I', 'Italic'],
      ['K', 'Link'],
    ] as const)
      expect(await page.locator('dialog[open] dl > div', { hasText: does }).locator('kbd').allTextContents()).toEqual([
        'Ctrl',
        key,
      ]);
    await page.locator('dialog[open] input').uncheck();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    const before = await focused();
    await page.keyboard.press('j');

    expect(await focused()).toBe(before);
  });

  it('the keys work from a slider too, and Escape closes a form that has no text', async () => {
    const { page } = await site.reader({ as: editor });
    await page.goto(`/posts/${slug}`);
    await page.locator('.quiet-controls').waitFor();

    await page.locator('input[type=range]').first().focus();
    await page.keyboard.press('c');
    await page.locator('#new-comment:focus').waitFor();
    await page.locator('input[type=range]').first().focus();
    await page.keyboard.press('j');
    await page.locator('.comment > article:focus').waitFor();
    await page.locator('[data-action=react]').first().press('Enter');
    await page.locator('.reaction-form').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.reaction-form').waitFor({ state: 'detached' });
    await page.locator('[data-action=react]:focus').waitFor();

    await page.keyboard.press('r');
    await page.locator('#answer textarea:focus').waitFor();
    await page.keyboard.type('A');
    await page.keyboard.press('Escape');
    expect(await page.inputValue('#answer textarea')).toBe('A');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Escape');
    await page.locator('#answer').waitFor({ state: 'detached' });
  });

  it('a skip link is first, and leads to the text', async () => {
    const { page } = await site.reader();
    await page.goto(`/posts/${slug}`);

    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the text');
    await page.keyboard.press('Enter');

    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
