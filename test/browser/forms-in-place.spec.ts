import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

const DAY_MS = 86_400_000;

let site: ForumInBrowser;
let mali: TestMember;
let moderator: TestMember;
let post: Post;
let comment: Comment;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
  moderator = await site.forum.member('keo', ['moderator']);
  post = await site.forum.publish(mali, { title: 'Open to all' });
  comment = await site.forum.comment(mali, post.id, { body: 'What do you think?' });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const at = (page: Page): Locator => page.locator(`#comment-${comment.id} > article`);
const focused = (page: Page, selector: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

async function opened(member: TestMember): Promise<Page> {
  const { page } = await site.reader({ as: member });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  return page;
}

describe('a form in its place', () => {
  it('says why a blank comment is not posted, and keeps the focus in its field', async () => {
    const page = await opened(await site.forum.member('blank'));
    await page.fill('#new-comment', '   ');
    await page.click('#comment-form button[type=submit]');

    expect(await page.locator('#new-comment-error').textContent()).toBe('Please fill this in.');
    await focused(page, '#new-comment');
    await page.fill('#new-comment', 'Words');
    expect(await page.locator('#new-comment-error').count()).toBe(0);
  });

  it('is saved by Control and Enter, and its comment has the focus afterwards', async () => {
    const page = await opened(mali);
    await at(page).locator('[data-action=edit]').click();
    await page.fill(`#edit-${comment.id}`, 'What do you think of it?');
    await page.press(`#edit-${comment.id}`, 'Control+Enter');

    await at(page).locator('.body', { hasText: 'What do you think of it?' }).waitFor();
    await focused(page, `#comment-${comment.id} > article`);
  });

  it('is closed by Escape, which goes back to what opened it', async () => {
    const page = await opened(await site.forum.member('back'));
    for (const kind of ['answer', 'react']) {
      await at(page).locator(`[data-action=${kind}]`).press('Enter');
      await at(page).locator('form:not(.inline)').waitFor();
      await page.keyboard.press('Escape');
      await at(page).locator('form:not(.inline)').waitFor({ state: 'detached' });
      await focused(page, `#comment-${comment.id} [data-action=${kind}]`);
    }
  });

  it('posts once, however often it is pressed before the page is drawn anew', async () => {
    const page = await opened(await site.forum.member('twice'));
    await page.fill('#new-comment', 'Pressed twice');
    await page.locator('#comment-form button[type=submit]').evaluate((button: HTMLElement) => {
      button.click();
      button.click();
    });
    await page.locator('.comment:not(.on-its-way) .body', { hasText: 'Pressed twice' }).waitFor();

    await page.fill('#new-comment', 'And one more');
    await page.click('#comment-form button[type=submit]');
    await page.locator('.comment:not(.on-its-way) .body', { hasText: 'And one more' }).waitFor();
    const { items } = await site.forum.thread(post.id);
    expect(items.filter(({ body }) => body === 'Pressed twice')).toHaveLength(1);
  });

  it('of reactions has the focus when it opens, and a reaction that is refused says why', async () => {
    const lao = await site.forum.member('lao');
    const page = await opened(lao);
    await at(page).locator('[data-action=react]').press('Enter');
    await focused(page, '.reaction-form button');
    await site.forum.done('POST', `/api/v1/members/${lao.member.id}/sanctions`, {
      token: moderator.token,
      body: { kind: 'suspension', reason: 'spam', until: new Date(Date.now() + DAY_MS).toISOString() },
    });
    await page.keyboard.press('Enter');

    await at(page).locator('.field-error', { hasText: 'You can read, but not write, until' }).waitFor();
    expect(await at(page).locator('.reaction').count()).toBe(0);
  });

  it('is not offered to a member who may not write; the reason stands in its place', async () => {
    const somchai = await site.forum.member('somchai');
    await site.forum.done('POST', `/api/v1/members/${somchai.member.id}/sanctions`, {
      token: moderator.token,
      body: { kind: 'suspension', reason: 'spam', until: new Date(Date.now() + DAY_MS).toISOString() },
    });
    const page = await opened(somchai);

    expect(await page.locator('#comment-form').textContent()).toMatch(/^You cannot write for a while/);
    expect(await page.locator('#thread :is([data-action=answer], [data-action=react])').count()).toBe(0);
  });

  it('of a report leaves the focus on its thanks, and a refusal stands above its buttons', async () => {
    const page = await opened(await site.forum.member('reporter'));
    await at(page).locator('[data-action=report]').click();
    await page.check('.report [value=spam]');
    await page.context().setOffline(true);
    await page.click('.report button[type=submit]');
    const refusal = page.locator('.report .field-error + .buttons');
    await refusal.waitFor();
    await page.context().setOffline(false);
    await page.click('.report button[type=submit]');

    await focused(page, '.status[role=status]');
  });
});
