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

const ONE_LINE = ['#title', '#tags', '#slug', '#publishAt'];

/** The addresses to which the page sent a form. */
function sentForms(page: Page): readonly string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.method() === 'POST') sent.push(request.url());
  });
  return sent;
}

it('Enter in a field of one line publishes nothing, and every word stays', async () => {
  const { page, complaints } = await site.reader({ as: mali });
  const sent = sentForms(page);
  await page.goto('/write');
  await page.getByRole('toolbar').waitFor();
  await page.fill('#title', 'Entered by keys');
  await page.fill('#body', 'Half written.');
  for (const field of ONE_LINE) await page.press(field, 'Enter');
  await page.getByText(/^Draft kept at/).waitFor();
  expect(sent).toEqual([]);
  expect(await page.inputValue('#body')).toBe('Half written.');
  await page.focus('.form > .buttons button[value=publish]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/posts/entered-by-keys*');
  expect(complaints).toEqual([]);
});

it('without JavaScript Enter shows the text, and publishes nothing', async () => {
  const post = await site.forum.publish(mali, { title: 'Stands already', body: 'As readers see it.' });
  const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
  for (const path of ['/write', `/posts/${post.slug}/edit`])
    for (const field of ONE_LINE.slice(0, 3)) {
      await page.goto(path);
      await page.fill('#title', 'Half a title');
      await page.fill('#body', 'Half *written*.');
      await page.press(field, 'Enter');
      await page.locator('#preview em').waitFor();
      expect([await page.inputValue('#title'), await page.inputValue('#body')]).toEqual([
        'Half a title',
        'Half *written*.',
      ]);
    }
  expect((await site.forum.call('GET', '/api/v1/posts/half-a-title')).status).toBe(404);
  const now = await site.forum.done<Post>('GET', `/api/v1/posts/${post.id}`);
  expect([now.title, now.body]).toEqual(['Stands already', 'As readers see it.']);
});

it('a post is published once the question about its picture is answered, and typed words of an answer come with it', async () => {
  const { page } = await site.reader({ as: mali });
  const sent = sentForms(page);
  await page.goto('/write');
  await page.getByRole('toolbar').waitFor();
  await page.fill('#title', 'With a question');
  const files = [{ name: 'receipt.png', bytes: readFileSync(PICTURE) }];
  await bringFiles(page.locator('#body'), 'paste', { files });
  const question = page.getByLabel('What does receipt.png show?');
  await question.waitFor();
  await page.click('.form > .buttons button[value=publish]');
  await page.getByText('Say first what the picture shows, or choose to leave it without a description.').waitFor();
  expect(sent).toEqual([]);
  await page.keyboard.type('A receipt');
  expect(await question.inputValue()).toBe('A receipt');
  await page.click('.form > .buttons button[value=publish]');
  await page.waitForURL('**/posts/with-a-question*');
  expect(await page.locator('.post-body img').getAttribute('alt')).toBe('A receipt');
});
