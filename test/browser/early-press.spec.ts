import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Comment, Draft, Page as ListPage, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { commentTexts, ForumInBrowser, live } from './forum-in-browser.ts';
import { HoldingLine } from './holding-line.ts';

let site: ForumInBrowser;
let editor: TestMember;
let post: Post;
let question: Comment;
let line: HoldingLine;
let members = 0;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  editor = await site.forum.admin();
}, 60_000);
afterAll(() => ForumInBrowser.close(site));
beforeEach(async () => {
  post = await site.forum.publish(editor, { title: 'A short post', body: 'Two words.' });
  question = await site.forum.comment(editor, post.id, { body: 'A question' });
  line = await HoldingLine.to(Number(new URL(site.forum.url).port));
});
afterEach(() => line.close());

/** A reader to whom no program of the thread comes until `programs` is called. */
async function onSlowLine() {
  members += 1;
  const as = await site.forum.member(`early-${members}`);
  const reader = await site.reader({ as, url: line.url });
  const { promise: asked, resolve: programs } = Promise.withResolvers<void>();
  await reader.page.route('**/assets/thread*.js', async (route) => {
    await asked;
    await route.continue();
  });
  const drafts = async (): Promise<readonly string[]> =>
    (await site.forum.done<ListPage<Draft>>('GET', '/api/v1/members/me/drafts', { token: as.token })).items.map(
      ({ body }) => body,
    );
  return { ...reader, programs, drafts };
}

/** Fills a form and presses its button, which the browser itself sends; the forum has it once `send` is called. */
async function presses(page: Page, form: string, text: string) {
  await page.evaluate(() => document.documentElement.setAttribute('data-left', ''));
  await page.locator(`${form} textarea`).fill(text);
  await page.keyboard.press('Control+End');
  // As a finger does on some phones, which leaves the keyboard in the field.
  await page.locator(`${form} button[type=submit]`).evaluate((button: HTMLElement) => button.click());
  await line.asked;
  return async (): Promise<void> => {
    line.letThrough();
    await page.locator('html:not([data-left]) #thread[data-connection=live]').waitFor();
  };
}

const unsentTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    Object.entries(localStorage).flatMap(([key, text]) =>
      key.startsWith('colloquy:draft:') && !key.includes(':seen:') ? [text] : [],
    ),
  );

describe.each([
  ['a comment', () => `/posts/${post.slug}`, '#comment-form', '#new-comment'],
  ['an answer', () => `/posts/${post.slug}?answer=${question.id}`, '#answer', '#answer textarea'],
])('%s that is posted before the programs have come', (_what, path, form, field) => {
  it('is no draft', async () => {
    const { page, programs, drafts, complaints } = await onSlowLine();
    await page.goto(path(), { waitUntil: 'commit' });
    const sent = await presses(page, form, 'Early words');
    const connects = page.waitForEvent('websocket');
    programs();
    await connects;
    await sent();
    expect(await commentTexts(page)).toEqual(['A question', 'Early words']);
    await page.reload();
    await live(page);
    await page.focus('#new-comment');
    await page.locator('#comment-form [role=toolbar]').waitFor();
    expect(await page.inputValue('#new-comment')).toBe('');
    expect(await page.locator('#answer').count()).toBe(0);
    await page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.includes(':early:')));
    expect([await unsentTexts(page), await drafts(), complaints]).toEqual([[], [], []]);
  }, 60_000);

  it.each(['before', 'after'])(
    'is a draft again where it was typed on %s the programs came',
    async (when) => {
      const { page, programs } = await onSlowLine();
      await page.goto(path(), { waitUntil: 'commit' });
      const sent = await presses(page, form, 'Early words');
      if (when === 'before') await page.keyboard.type(' and more');
      const connects = page.waitForEvent('websocket');
      programs();
      await connects;
      if (when === 'after') await page.keyboard.type(' and more');
      await sent();
      expect(await commentTexts(page)).toEqual(['A question', 'Early words']);
      await page.waitForFunction(
        (name) => document.querySelector<HTMLTextAreaElement>(name)?.value === 'Early words and more',
        field,
      );
    },
    60_000,
  );
});

it('a comment that is refused after it was posted so comes back with its words', async () => {
  const { page, programs } = await onSlowLine();
  await page.goto(`/posts/${post.slug}`, { waitUntil: 'commit' });
  await page.locator('#comment-form input[name=parentId]').evaluate((field) => {
    field.setAttribute('value', '01890000-0000-7000-8000-000000000000');
  });
  const sent = await presses(page, '#comment-form', 'Refused words');
  const connects = page.waitForEvent('websocket');
  programs();
  await connects;
  await sent();
  await page.locator('#new-comment-error').waitFor();
  expect(await page.inputValue('#new-comment')).toBe('Refused words');
  await page.goto('/');
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  expect(await page.inputValue('#new-comment')).toBe('Refused words');
}, 60_000);

it('a second press without a connection sends nothing and misses no words', async () => {
  const { page, context, programs } = await onSlowLine();
  programs();
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  await page.evaluate(() => {
    document.addEventListener('invalid', () => document.documentElement.setAttribute('data-missed', ''), true);
  });
  await context.setOffline(true);
  await page.fill('#new-comment', 'From a train');
  const button = page.locator('#comment-form button[type=submit]');
  await button.click();
  await page.locator('.comment.on-its-way', { hasText: 'From a train' }).waitFor();
  await button.click();
  expect(await page.locator('html[data-missed], #new-comment-error').count()).toBe(0);
  await context.setOffline(false);
  await page.locator('.comment:not(.on-its-way)', { hasText: 'From a train' }).waitFor();
  expect(await commentTexts(page)).toEqual(['A question', 'From a train']);
  // Words are missed again once something was typed.
  await page.fill('#new-comment', 'x');
  await page.fill('#new-comment', '');
  await button.click();
  expect(await page.locator('html[data-missed]').count()).toBe(1);
}, 60_000);
