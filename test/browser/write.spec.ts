import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { bringFiles, PICTURE } from './bring-files.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let mali: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

/** The kinds of those that opened so far; each is accepted. */
function acceptedDialogs(page: Page): readonly string[] {
  const opened: string[] = [];
  page.on('dialog', (dialog) => {
    opened.push(dialog.type());
    void dialog.accept();
  });
  return opened;
}

it('a post that is being written survives a reload, warns whoever leaves it, and its draft is gone once it is published', async () => {
  const { page } = await site.reader({ as: mali });
  const warnings = acceptedDialogs(page);

  await page.goto('/write');
  await page.fill('#title', 'Half written');
  await page.fill('#body', 'The first sentence.');
  await page.reload();
  await page.locator('[data-restored]').waitFor();
  expect(warnings).toEqual(['beforeunload']);
  expect(await page.inputValue('#title')).toBe('Half written');
  expect(await page.inputValue('#body')).toBe('The first sentence.');

  await page.click('button[value=publish]');
  await page.waitForURL('**/posts/half-written*');
  await page.goto('/write');

  expect(await page.inputValue('#body')).toBe('');
  expect(await page.locator('[data-restored]').isVisible()).toBe(false);
});

it('another language is chosen without a warning, since the text is kept', async () => {
  const { page } = await site.reader({ as: mali });
  const warnings = acceptedDialogs(page);
  await page.goto('/write');
  await page.fill('#body', 'Kept in any language.');
  await page.selectOption('.language-form select', 'vi');
  await page.locator('.language-form button').click();
  await page.locator('html[lang=vi]').waitFor();

  expect(await page.inputValue('#body')).toBe('Kept in any language.');
  expect(warnings).toEqual([]);
  await page.selectOption('.language-form select', 'en');
  await page.locator('.language-form button').click();
  await page.locator('html[lang=en]').waitFor();
});

it('a post that was sent without a session stands on the page that says so, with all that it has', async () => {
  const { page, context } = await site.reader({ as: mali, javaScriptEnabled: false });
  await page.goto('/write');
  const written = { title: 'Sent too late', body: 'Its text.', excerpt: 'In short.', tags: 'one, two' };
  for (const [name, text] of Object.entries(written)) await page.fill(`#${name}`, text);
  await context.clearCookies();
  await page.click('button[value=publish]');

  for (const [name, text] of Object.entries(written)) {
    const field = page.locator(`[name=${name}]`);
    expect([name, await field.isVisible(), await field.inputValue()]).toEqual([name, true, text]);
  }
  await context.close();
});

it('a text that was not accepted is kept still', async () => {
  const { page } = await site.reader({ as: mali });

  await page.goto('/write');
  await page.fill('#title', 'Too many tags');
  await page.fill('#body', 'Kept.');
  await page.fill('#tags', Array.from({ length: 21 }, (_, n) => `tag${n}`).join(','));
  await page.click('button[value=publish]');
  await page.locator('.field-error').waitFor();
  await page.goto('/write').catch(() => undefined);
  await page.goto('/write');

  expect(await page.inputValue('#body')).toBe('Kept.');
});

it('a post appears when its writer means it to: a day that is past, or one beside Now, is asked about', async () => {
  const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
  const told = async (when: string, day: string): Promise<string | null> => {
    await page.goto('/write');
    await page.fill('#title', 'On a day');
    await page.fill('#body', 'Some text.');
    await page.check(`[name=when][value=${when}]`);
    await page.fill('#publishAt', day);
    await page.click('button[value=publish]');
    return page.locator('#publishAt-error').textContent();
  };

  expect(await told('later', '2015-01-05T10:00')).toMatch(/^This moment is past/);
  expect(await told('now', '2099-01-05T10:00')).toMatch(/choose Later/);
});

it('the day and time of a post are those of the forum’s zone, which the form tells', async () => {
  const admin = await site.forum.admin();
  const zone = (timeZone: string) =>
    site.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { timeZone } });
  await zone('Asia/Bangkok');
  const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
  await page.goto('/write');
  await page.fill('#title', 'In the morning');
  await page.fill('#body', 'Some text.');
  await page.check('[name=when][value=later]');
  await page.getByLabel('Day and time (Bangkok, UTC+7)').fill('2099-01-05T10:00');
  expect(await page.textContent('#publishAt-hint')).toMatch(/where it is \d\d:\d\d now/);
  await page.click('button[value=publish]');
  await page.waitForURL('**/posts/in-the-morning*');
  const post = await site.forum.done<Post>('GET', '/api/v1/posts/in-the-morning', { token: mali.token });
  await zone('UTC');
  expect(post.publishedAt).toBe('2099-01-05T03:00:00.000Z');
});

it('whoever picks a day chooses Later with it', async () => {
  const { page } = await site.reader({ as: mali });
  await page.goto('/write');

  await page.fill('#publishAt', '2099-01-05T10:00');
  expect(await page.isChecked('[name=when][value=later]')).toBe(true);
  await page.fill('#publishAt', '');
  expect(await page.isChecked('[name=when][value=now]')).toBe(true);
});

it('an edit of a comment on its own page survives a reload, warns whoever leaves it, and its draft is gone once it is saved', async () => {
  const post = await site.forum.publish(mali, { title: 'With a comment' });
  const comment = await site.forum.comment(mali, post.id, { body: 'As it was.' });
  const { page } = await site.reader({ as: mali });
  const warnings = acceptedDialogs(page);

  await page.goto(`/comments/${comment.id}/edit`);
  await page.fill('#body', 'Half changed.');
  await page.reload();
  await page.locator('[data-restored]').waitFor();
  expect(warnings).toEqual(['beforeunload']);
  expect(await page.inputValue('#body')).toBe('Half changed.');

  await page.click('.form button[type=submit]');
  await page.waitForURL('**/posts/with-a-comment*');
  await page.goto(`/comments/${comment.id}/edit`);

  expect(await page.inputValue('#body')).toBe('Half changed.');
  expect(await page.locator('[data-restored]').isVisible()).toBe(false);
});

it('an editor marks words by keys and brings pictures into a post, also where comments have none', async () => {
  const { page, complaints } = await site.reader({ as: mali });
  await page.goto('/write');
  await page.getByRole('toolbar').waitFor();
  await page.fill('#title', 'With a picture');
  await page.focus('#body');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('Before');
  expect(await page.inputValue('#body')).toBe('**Before**');
  await page.keyboard.press('End');

  const files = [{ name: 'receipt.png', bytes: readFileSync(PICTURE) }];
  expect(await bringFiles(page.locator('#body'), 'paste', { files })).toBe(true);
  await page.getByLabel('What does receipt.png show?').fill('A [signed] receipt');
  await page.keyboard.press('Enter');
  expect(await page.inputValue('#body')).toMatch(
    /^\*\*Before\*\*\n\n!\[A \\\[signed\\\] receipt\]\(\/images\/[0-9a-f-]{36}-1600\.jpg#1000x420\)/,
  );
  await page.locator('.composing-tools button').last().waitFor();

  await page.click('button[value=publish]');
  await page.waitForURL('**/posts/with-a-picture*');
  expect(await page.locator('.post-body img').getAttribute('alt')).toBe('A [signed] receipt');
  expect(complaints).toEqual([]);
});
