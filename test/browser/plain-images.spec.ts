import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { PICTURE } from './bring-files.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let admin: TestMember;
let linh: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  admin = await site.forum.admin();
  linh = await site.forum.member('linh');
  const body = { discussion: { images: true } };
  await site.forum.done('PATCH', '/api/v1/site', { token: admin.token, body });
  post = await site.forum.publish(admin, { title: 'A post', body: 'A line.' });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const receipt = (name = 'receipt.png') => ({ name, mimeType: 'image/png', buffer: readFileSync(PICTURE) });
const ADD = 'Add a picture';
const MARKDOWN = /^!\[A receipt\]\(\/images\/[0-9a-f-]{36}-1600\.jpg#1000x420\)$/;

const reader = () => site.reader({ as: linh, javaScriptEnabled: false });

async function chosen(page: Page, file: ReturnType<typeof receipt>): Promise<void> {
  await page.getByLabel('What it shows').fill('A receipt');
  await page.getByLabel('Picture', { exact: true }).setInputFiles(file);
  await page.locator('main').getByRole('button', { name: ADD }).click();
}

describe('a picture without a program', () => {
  it('goes into the comment that somebody writes, which stands in its form again with its preview', async () => {
    const { page, complaints } = await reader();
    await page.goto(`/posts/${post.slug}`);
    await page.fill('#new-comment', 'Look at “this” & that:');
    await page.locator('#comment-form').getByRole('button', { name: ADD }).click();
    await chosen(page, receipt());

    expect(await page.getByLabel('Markdown of the picture').inputValue()).toMatch(MARKDOWN);
    await page.getByRole('button', { name: 'Put it into the text' }).click();
    const [text, picture] = (await page.inputValue('#new-comment')).trim().split('\n\n');
    expect([text, picture]).toEqual(['Look at “this” & that:', expect.stringMatching(MARKDOWN)]);
    expect(await page.locator('.preview img').getAttribute('alt')).toBe('A receipt');

    await page.locator('#comment-form').getByRole('button', { name: 'Post comment' }).click();
    expect(await page.locator('#thread .comment .body img').getAttribute('alt')).toBe('A receipt');
    expect(complaints).toEqual([]);
  });

  it('that is none keeps the text, as do the way back and a session that ended', async () => {
    const { page, context } = await reader();
    await page.goto(`/posts/${post.slug}`);
    await page.fill('#new-comment', 'Kept in any case.');
    await page.locator('#comment-form').getByRole('button', { name: ADD }).click();
    await chosen(page, { ...receipt('notes.png'), buffer: Buffer.from('no picture') });

    expect(await page.locator('.field-error').textContent()).toMatch(/^The picture cannot be (read|taken)/);
    expect(await page.getByLabel('What it shows').inputValue()).toBe('A receipt');
    await page.getByRole('button', { name: 'Back to the text' }).click();
    expect(await page.inputValue('#new-comment')).toBe('Kept in any case.');

    await page.locator('#comment-form').getByRole('button', { name: ADD }).click();
    await context.clearCookies();
    await chosen(page, receipt());
    expect(await page.inputValue('#body')).toBe('Kept in any case.');
    await context.close();
  });

  it('goes into an answer, and into an edit of it', async () => {
    const { page } = await reader();
    const asked = await site.forum.comment(admin, post.id, { body: 'Show me.' });
    await page.goto(`/posts/${post.slug}`);
    await page.locator(`#comment-${asked.id} [data-action=answer]`).click();
    await page.fill('#answer textarea', 'Here:');
    await page.locator('#answer').getByRole('button', { name: ADD }).click();
    await chosen(page, receipt());
    await page.getByRole('button', { name: 'Put it into the text' }).click();
    await page.locator('#answer').getByRole('button', { name: 'Post answer' }).click();
    const answer = page.locator(`#comment-${asked.id} .comment`);
    expect(await answer.locator('.body img').count()).toBe(1);

    await answer.locator('[data-action=edit]').click();
    await page.getByRole('button', { name: ADD }).click();
    await chosen(page, receipt('other.png'));
    await page.getByRole('button', { name: 'Put it into the text' }).click();
    expect((await page.inputValue('#body')).match(/\/images\//g)).toHaveLength(2);
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await answer.locator('.body img').count()).toBe(2);
  });

  it('of an editor is kept for a post where comments have none, and nobody else brings one then', async () => {
    const images = (taken: boolean) =>
      site.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { discussion: { images: taken } } });
    await images(false);
    const { page } = await site.reader({ as: admin, javaScriptEnabled: false });
    await page.goto('/images/new');
    await chosen(page, receipt());
    expect(await page.getByLabel('Markdown of the picture').inputValue()).toMatch(MARKDOWN);

    const other = await reader();
    await other.page.goto(`/posts/${post.slug}`);
    expect(await other.page.getByRole('button', { name: ADD }).count()).toBe(0);
    await other.page.goto('/images/new');
    await chosen(other.page, receipt());
    expect(await other.page.locator('[role=alert]').textContent()).toContain('may not do this');
    await images(true);
  });
});

describe('the list of one’s own pictures', () => {
  it('says of each where it stands, and deletes it everywhere', async () => {
    const keo = await site.forum.member('keo', ['editor']);
    const { page, complaints } = await site.reader({ as: keo, javaScriptEnabled: false });
    await page.goto('/settings');
    await page.getByRole('link', { name: 'Your pictures' }).click();
    expect(await page.locator('.lead').textContent()).toContain('Nothing here yet');
    const shown: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      await page.goto('/images/new');
      await chosen(page, receipt(`${n}.png`));
      shown.push(await page.getByLabel('Markdown of the picture').inputValue());
    }
    const [inPost = '', inComment = ''] = shown;
    await site.forum.publish(keo, { title: 'With a picture', body: `Look: ${inPost}` });
    const comment = await site.forum.comment(keo, post.id, { body: inComment });

    await page.goto('/settings/images');
    const places = page.locator('.entry .hint');
    expect(await places.allTextContents()).toEqual([
      'In no post, and in none of your newest 500 comments',
      'In a comment of yours',
      'In “With a picture”',
    ]);
    expect(await places.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))).toEqual([
      `/comments/${comment.id}`,
      '/posts/with-a-picture',
    ]);
    await page.getByRole('button', { name: 'Delete A receipt' }).nth(1).click();
    expect(await page.locator('.saved').textContent()).toBe('The picture is deleted.');
    expect(await page.locator('.entry').count()).toBe(2);
    const [, address = ''] = /\(([^#)]+)/.exec(inComment) ?? [];
    expect((await site.forum.call('GET', address)).status).toBe(404);
    expect(complaints).toEqual([]);
  });
});
