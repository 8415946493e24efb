import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;
let linh: TestMember;
let loud: TestMember;
let other: TestMember;
let post: Post;
let comment: Comment;
let answer: Comment;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  linh = await site.forum.member('linh');
  loud = await site.forum.member('loud');
  other = await site.forum.member('other');
  await site.forum.call('PUT', `/api/v1/members/${loud.member.id}/ignore`, { token: linh.token });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));
beforeEach(async () => {
  post = await site.forum.publish(await site.forum.admin(), { title: 'Noise' });
  comment = await site.forum.comment(loud, post.id, { body: 'Very loud.' });
  answer = await site.forum.comment(other, post.id, { parentId: comment.id, body: 'Quietly answered.' });
});

const at = (page: Page, { id }: Pick<Comment, 'id'>): Locator => page.locator(`#comment-${id} > article`);
const SUMMARY = 'A comment by Name of loud, whom you ignore';

describe.each([true, false])('a comment of somebody whom its reader ignores; a script: %s', (javaScriptEnabled) => {
  it('is folded, with the answers of others below it, and opens with a press', async () => {
    const { page, context, complaints } = await site.reader({ as: linh, javaScriptEnabled });
    await page.goto(`/posts/${post.slug}`);
    if (javaScriptEnabled) await live(page);
    const fold = at(page, comment).locator('details.ignored');
    expect(await fold.locator('> summary').textContent()).toBe(SUMMARY);
    expect(await at(page, comment).getByText('Very loud.').isVisible()).toBe(false);
    expect(await at(page, comment).locator('[data-action=answer]').isVisible()).toBe(false);
    expect(await at(page, answer).locator('> .body').isVisible()).toBe(true);
    await fold.locator('> summary').click();
    await at(page, comment).getByText('Very loud.').waitFor({ state: 'visible' });
    await at(page, comment).locator('[data-action=answer]').click();
    await page.locator(`#comment-${comment.id} form textarea`).waitFor({ state: 'visible' });
    expect(await at(page, comment).getByText('Very loud.').isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is open to everybody else', async () => {
    const { page, context } = await site.reader({ as: other, javaScriptEnabled });
    await page.goto(`/posts/${post.slug}`);
    await at(page, comment).locator('> .body').waitFor({ state: 'visible' });
    expect(await page.locator('details.ignored').count()).toBe(0);
    await context.close();
  });
});

it('comes folded while its reader reads, is not read out, and stays open once it was opened', async () => {
  const { page, context, complaints } = await site.reader({ as: linh });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  const arrival = await site.forum.comment(loud, post.id, { body: 'Louder.' });
  const heard = await site.forum.comment(other, post.id, { body: 'Heard.' });
  const fold = at(page, arrival).locator('details.ignored');
  await fold.locator('> summary').waitFor();
  await at(page, heard).locator('> .body').waitFor();
  expect(await page.getByRole('log').allInnerTexts()).toEqual(['Name of other wrote: Heard.']);
  expect(await fold.getByText('Louder.').isVisible()).toBe(false);
  await fold.locator('> summary').click();
  await fold.getByText('Louder.').waitFor({ state: 'visible' });
  await fold.locator('[data-action=answer]').click();
  await fold.locator('textarea').fill('An answer');
  await fold.locator('[data-action=answer]').click();
  await fold.locator('textarea').waitFor({ state: 'detached' });
  expect(await fold.getByText('Louder.').isVisible()).toBe(true);
  expect(complaints).toEqual([]);
  await context.close();
});

it.each(['light', 'dark'] as const)('is read by keyboard and on a phone, %s', async (colorScheme) => {
  const { page, context } = await site.reader({ as: linh, colorScheme, viewport: { width: 360, height: 740 } });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  const summary = at(page, comment).locator('details.ignored > summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  await at(page, comment).getByText('Very loud.').waitFor({ state: 'visible' });
  expect([await complaintsOfAxe(page), await overhang(page)]).toEqual([[], 0]);
  await context.close();
});

it('leaves the answers unfolded when the menu of a comment was closed', async () => {
  const { page, context } = await site.reader({ as: other });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  const more = at(page, comment).locator('.more > summary');
  await more.click();
  await more.click();
  await page.reload();
  await live(page);
  expect(await at(page, answer).locator('> .body').isVisible()).toBe(true);
  await context.close();
});

it('a comment in a language that its reader does not read comes folded and is not read out, and opens by keyboard', async () => {
  const { page, context, complaints } = await site.reader({ viewport: { width: 360, height: 740 }, bypassCSP: true });
  await context.addCookies([{ name: 'colloquy_reads', value: 'en.vi', url: site.forum.url }]);
  await site.forum.comment(other, post.id, { body: 'ขอบคุณสำหรับบทความ' });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  const arrival = await site.forum.comment(other, post.id, { body: 'អរគុណសម្រាប់អត្ថបទ' });
  const heard = await site.forum.comment(other, post.id, { body: 'Heard.' });
  await at(page, heard).locator('> .body').waitFor();
  const summaries = page.locator('details.ignored > summary');
  expect(await summaries.allTextContents()).toEqual(
    ['Thai', 'Khmer'].map((name) => `A comment in ${name} by Name of other`),
  );
  expect(await page.getByRole('log').allInnerTexts()).toEqual(['Name of other wrote: Heard.']);
  const text = at(page, arrival).locator('details.ignored > .body');
  expect([await text.isVisible(), await text.getAttribute('lang')]).toEqual([false, 'km']);
  await at(page, arrival).locator('details.ignored > summary').focus();
  await page.keyboard.press('Enter');
  await text.waitFor({ state: 'visible' });
  expect([await complaintsOfAxe(page), await overhang(page), complaints]).toEqual([[], 0, []]);
  await context.close();
});
