import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Comment, Post, PostedComment } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { complaintsOfAxe } from './axe.ts';
import { ForumInBrowser, live, type ReaderOptions } from './forum-in-browser.ts';

let site: ForumInBrowser;
let editor: TestMember;
let linh: TestMember;
let post: Post;
let comment: Comment;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  editor = await site.forum.admin();
  linh = await site.forum.member('linh');
  await site.forum.member('faraway');
}, 60_000);
// The forum keeps what was typed in one discussion and offers it on the next device, so each test has its own.
beforeEach(async () => {
  post = await site.forum.publish(editor, { title: 'A post', body: 'A line.' });
  const body = { body: 'The river is *wide*, and the bridge is old.' };
  ({ comment } = await site.forum.done<PostedComment>('POST', `/api/v1/posts/${post.id}/comments`, {
    token: linh.token,
    body,
  }));
});
afterAll(() => ForumInBrowser.close(site));

const FIELD = '#new-comment';

async function opened(options: ReaderOptions = {}) {
  const reader = await site.reader({ as: editor, ...options });
  await reader.page.goto(`/posts/${post.slug}`);
  await live(reader.page);
  return reader;
}

async function composing(page: Page): Promise<void> {
  await page.focus(FIELD);
  await page.locator('#comment-form [role=toolbar]').waitFor();
}

describe('the composer', () => {
  it('loads its helps with the first focus, and marks with buttons and keys what the browser undoes', async () => {
    const { page, complaints } = await opened();
    expect(await page.locator('[role=toolbar]').count()).toBe(0);
    await composing(page);
    await page.keyboard.type('plain');
    await page.keyboard.press('Shift+Home');
    await page.keyboard.press('Control+b');
    expect(await page.inputValue(FIELD)).toBe('**plain**');
    await page.keyboard.press('Control+i');
    expect(await page.inputValue(FIELD)).toBe('***plain***');
    await page.keyboard.press('Control+z');
    expect(await page.inputValue(FIELD)).toBe('**plain**');
    await page.keyboard.press('Control+z');
    expect(await page.inputValue(FIELD)).toBe('plain');
    await page.keyboard.press('End');
    for (const key of [' a ', 'Control+b', 'w', 'Control+b', ' ', 'Control+i', 'v', 'Control+i', ' x']) {
      await (key.startsWith('Control') ? page.keyboard.press(key) : page.keyboard.type(key));
    }
    expect(await page.inputValue(FIELD)).toBe('plain a **w** *v* x');
    while ((await page.inputValue(FIELD)) !== 'plain') await page.keyboard.press('Control+z');
    await page.keyboard.press('Shift+Tab');
    for (const step of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(step);
    await page.keyboard.press('Enter');
    expect(await page.inputValue(FIELD)).toBe('> plain');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('new-comment');
    expect(complaints).toEqual([]);
  }, 60_000);

  it('marks by keys before its words have come', async () => {
    const { page } = await opened();
    const [asked, come] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/assets/chunk-*.js', async (route) => {
      const response = await route.fetch();
      if ((await response.text()).includes('"compose.tools":')) {
        asked.resolve();
        await come.promise;
      }
      await route.fulfill({ response });
    });
    await page.focus(FIELD);
    await asked.promise;
    await page.keyboard.press('Control+b');
    await page.keyboard.type('early');
    expect(await page.inputValue(FIELD)).toBe('**early**');
    come.resolve();
    await page.locator('#comment-form [role=toolbar]').waitFor();
    expect(await page.inputValue(FIELD)).toBe('**early**');
  });

  it.each([
    ['itself', '**/assets/composing-*.js', ''],
    ['and that of the live thread', '**/assets/chunk-*.js', 'as goLive'],
  ])('keeps the keys that were pressed before its program %s came', async (_, files, words) => {
    const { page } = await site.reader({ as: editor });
    const [asked, come] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route(files, async (route) => {
      const response = await route.fetch();
      if ((await response.text()).includes(words)) {
        asked.resolve();
        await come.promise;
      }
      await route.fulfill({ response });
    });
    await page.goto(`/posts/${post.slug}`);
    await page.evaluate(() => {
      const left: string[] = [];
      Object.assign(window, { left });
      addEventListener('keydown', (event) => event.ctrlKey && !event.defaultPrevented && left.push(event.key));
    });
    await page.focus(FIELD);
    await asked.promise;
    await page.keyboard.press('Control+b');
    await page.keyboard.type('early');
    await page.keyboard.press('Control+b');
    await page.keyboard.type(' and ');
    await page.keyboard.press('Control+i');
    expect(await page.inputValue(FIELD)).toBe('early and ');
    come.resolve();
    await page.locator('#comment-form [role=toolbar]').waitFor();
    await page.keyboard.type('late');
    expect(await page.inputValue(FIELD)).toBe('**early** and *late*');
    // Nothing was left to the browser, which has bookmarks, a page's properties and a search for these keys.
    expect(await page.evaluate(() => Reflect.get(window, 'left').filter((key: string) => key !== 'Control'))).toEqual(
      [],
    );
  });

  it.each([
    ['beside', 1440],
    ['below', 768],
    ['below', 360],
  ])(
    'shows %s the field what the posted comment is, at %d px',
    async (_, width) => {
      const { page } = await opened({ viewport: { width, height: 800 } });
      await composing(page);
      const text = `At ${width}: **bold** @linh\n\n| a | b |\n|---|---|\n| ${'long'.repeat(40)} | 2 |\n\n\`\`\`\n${'x'.repeat(200)}\n\`\`\`\n\n# Head`;
      await page.fill(FIELD, text);
      const preview = page.locator('.composing-preview .body');
      await preview.locator('h3').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      expect(await complaintsOfAxe(page)).toEqual([]);
      const [shown, field] = [
        await page.locator('.composing-preview').boundingBox(),
        await page.locator(FIELD).boundingBox(),
      ];
      if (shown === null || field === null) throw new Error('nothing is shown');
      if (width === 1440) expect(shown.x).toBeGreaterThan(field.x + field.width);
      else expect(shown.y).toBeGreaterThan(field.y + field.height);
      const html = await preview.innerHTML();
      await page.locator('#comment-form button[type=submit]').click();
      const own = page.locator('#thread .comment > article > .body', { hasText: `At ${width}:` }).last();
      await own.locator('h3').waitFor();
      expect(await own.innerHTML()).toBe(html);
      await page.locator('.composing-preview').waitFor({ state: 'hidden' });
    },
    60_000,
  );

  it('completes mentions of those who wrote here, and of others by their whole handle', async () => {
    const { page } = await opened();
    await composing(page);
    await page.keyboard.type('Thanks @li');
    const option = page.locator('[role=option]');
    await option.waitFor();
    expect(await page.getAttribute(FIELD, 'aria-activedescendant')).toBe(await option.getAttribute('id'));
    expect(await complaintsOfAxe(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await page.inputValue(FIELD)).toBe('Thanks @linh ');
    await page.keyboard.type('and @faraway');
    await page.getByRole('option', { name: '@faraway' }).click();
    expect(await page.inputValue(FIELD)).toBe('Thanks @linh and @faraway ');
    expect(await option.count()).toBe(0);
  }, 60_000);

  it('lets the people go once the caret leaves the name, the page is pressed, or the name is written out', async () => {
    const { page } = await opened({ viewport: { width: 360, height: 740 }, hasTouch: true });
    await composing(page);
    const people = page.locator('[role=listbox]');
    const offered = async (): Promise<void> => {
      await page.fill(FIELD, '');
      await page.keyboard.type('Thanks @li');
      await people.waitFor();
    };
    await offered();
    await page.keyboard.press('Home');
    await people.waitFor({ state: 'hidden' });
    await offered();
    await page.locator('#discussion-title').dispatchEvent('pointerdown', { bubbles: true });
    await people.waitFor({ state: 'hidden' });
    await offered();
    await page.keyboard.type('nh');
    await people.waitFor({ state: 'hidden' });
    await page.keyboard.press('Enter');
    expect(await page.inputValue(FIELD)).toBe('Thanks @linh\n');
    expect(await page.locator('[data-mark=bold]').getAttribute('title')).toBe('Bold');
  }, 60_000);

  it('quotes what is selected in a comment into its answer, with the way to it', async () => {
    const { page } = await opened();
    await page.locator(`#comment-${comment.id} .body em`).evaluate((element) => {
      getSelection()?.selectAllChildren(element);
    });
    await page.locator('.composing-quote').click();
    const field = page.locator(`#answer-${comment.id}`);
    await page.waitForFunction(
      (id) => document.querySelector<HTMLTextAreaElement>(id)?.value !== '',
      `#answer-${comment.id}`,
    );
    expect(await field.inputValue()).toBe(`> wide\n>\n> — [${linh.member.displayName}](/comments/${comment.id})\n\n`);
    expect(await complaintsOfAxe(page)).toEqual([]);
  }, 60_000);

  it.each([1440, 360])(
    'offers the quotation inside %i pixels, where it covers neither what is pressed nor the next words',
    async (width) => {
      const { page } = await opened();
      await page.setViewportSize({ width, height: 740 });
      await page.locator(`#comment-${comment.id} .body p`).evaluate((element) => {
        element.scrollIntoView({ block: 'center' });
        getSelection()?.selectAllChildren(element);
      });
      const button = page.locator('.composing-quote');
      await button.waitFor();
      const at = await button.evaluate((element) => element.getBoundingClientRect().toJSON());
      expect(at.left).toBeGreaterThanOrEqual(0);
      expect(at.right).toBeLessThanOrEqual(width);
      const covered = await page.locator(`#comment-${comment.id} > article`).evaluate((article, box) => {
        const pressed = [...article.querySelectorAll('a, button, summary, .body p')];
        return pressed
          .filter((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            return left < box.right && box.left < right && top < box.bottom && box.top < bottom;
          })
          .map((one) => one.outerHTML);
      }, at);
      expect(covered).toEqual([]);
      await page.locator(`#comment-${comment.id} > article [data-action=answer]`).click();
      await page.locator(`#answer-${comment.id}`).waitFor();
    },
    60_000,
  );

  it('tells at an own comment how long it can be edited, on a device whose clock is wrong, and ends that in time', async () => {
    const change = (editWindowMinutes: number | null) =>
      site.forum.done('PATCH', '/api/v1/site', { token: editor.token, body: { discussion: { editWindowMinutes } } });
    await change(60);
    const { page } = await site.reader({ as: linh });
    await page.clock.install({ time: new Date('2001-01-01T00:00:00Z') });
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    const edit = page.locator(`#comment-${comment.id} > article [data-action=edit]`);
    await page.locator('[data-left$="minutes left"]').waitFor();
    const left = Number.parseInt((await edit.getAttribute('data-left')) ?? '', 10);
    expect(left).toBeGreaterThan(50);
    expect(left).toBeLessThanOrEqual(60);
    await page.goto(`/comments/${comment.id}/edit`);
    await page.getByText(/^\d+ minutes left$/).waitFor();
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    await page.locator('[data-left$="minutes left"]').waitFor();
    // The page tells its time by the minute, so it may be one behind.
    await page.clock.fastForward('01:01:30');
    await edit.waitFor({ state: 'hidden' });
    await change(null);
  }, 60_000);

  it('tells how old comments are by the clock of the forum, where the one of the device is wrong', async () => {
    const age = (page: Page) => page.locator(`#comment-${comment.id} > article time`).first();
    for (const time of ['2001-01-01T00:00:00Z', '2071-01-01T00:00:00Z']) {
      const { page, context } = await site.reader({ as: linh });
      await page.clock.install({ time: new Date(time) });
      await page.goto(`/posts/${post.slug}`);
      await live(page);
      await page.clock.runFor(1_000);
      expect(await age(page).textContent()).toMatch(/^(just now|\d+ minutes? ago)$/);
      await page.clock.fastForward('02:01:30');
      expect(await age(page).textContent()).toBe('2 hours ago');
      await context.close();
    }
  }, 60_000);

  it('helps guests in the frame on another site the same way', async () => {
    const change = (body: object) => site.forum.done('PATCH', '/api/v1/site', { token: editor.token, body });
    await change({ guests: true, embedOrigins: ['https://blog.example'] });
    const { page } = await site.reader({ viewport: { width: 360, height: 800 } });
    await page.goto('/embed?url=https%3A%2F%2Fblog.example%2Fa&locale=vi');
    await live(page);
    await composing(page);
    await page.keyboard.type('In a **frame**');
    await page.locator('.composing-preview strong').waitFor();
    await page.keyboard.press('Control+k');
    expect(await page.inputValue(FIELD)).toBe('In a **frame**[](https://)');
    expect(await page.getAttribute('[role=toolbar]', 'aria-label')).toBe('Định dạng văn bản');
    expect(await complaintsOfAxe(page)).toEqual([]);
    await change({ guests: false });
  }, 60_000);

  it('has the plain buttons where no program runs, and none of them beside the toolbar', async () => {
    const { page } = await opened();
    expect(await page.locator('input[name=preview]').count()).toBe(0);
    const plain = await site.reader({ as: editor, javaScriptEnabled: false });
    await plain.page.goto(`/posts/${post.slug}`);
    await plain.page.fill(FIELD, 'Some **text**');
    await plain.page.locator('input[name=preview]').click();
    expect(await plain.page.locator('section.preview strong').textContent()).toBe('text');
    expect(await plain.page.inputValue(FIELD)).toBe('Some **text**');
  }, 60_000);
});
