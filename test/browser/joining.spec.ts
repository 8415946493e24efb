import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

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
  await site.forum.done('PUT', `/api/v1/comments/${comment.id}/reactions/thanks`, { token: moderator.token });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const at = (page: Page) => page.locator(`#comment-${comment.id}`);

describe('a reader without an account', () => {
  it.each([true, false])(
    'answers by signing in first, and comes back to that form (script: %s)',
    async (javaScriptEnabled) => {
      const handle = `visitor-${javaScriptEnabled}`;
      await site.forum.member(handle);
      const { page, complaints } = await site.reader({ javaScriptEnabled });
      await page.goto(`/posts/${post.slug}`);
      if (javaScriptEnabled) await live(page);

      await at(page).locator('> article [data-action=answer]').click();
      await page.fill('#login', handle);
      await page.fill('#password', 'correct horse battery');
      await page.click('.form button[type=submit]');
      await page.fill(`#answer-${comment.id}`, `An answer by ${handle}`);
      await page.click('#answer button[type=submit]');

      await at(page)
        .locator('.answers .body', { hasText: `An answer by ${handle}` })
        .waitFor();
      expect(complaints).toEqual([]);
    },
    60_000,
  );

  it('shares a comment’s address, finds Verify in the menu, and a member behind a name', async () => {
    const { page } = await site.reader({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    const verify = at(page).locator(`> article a[href="/receipts/${comment.id}"]`);
    expect(await verify.isVisible()).toBe(false);

    await at(page).locator('> article [data-action=share]').click();
    await at(page).locator('> article [data-action=share]', { hasText: 'Address copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    await at(page).locator('> article .more > summary').click();
    const opened = await verify.isVisible();
    await at(page).locator('> article .name').click();
    await page.waitForURL('**/members/mali');

    expect([copied, opened]).toEqual([`${site.forum.url}/comments/${comment.id}`, true]);
    expect(await page.locator('.written .text').allInnerTexts()).toContain('What do you think?');
  });

  it('is led to signing in by a reaction that it would join', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    await page.goto(`/posts/${post.slug}`);

    await at(page).locator('.reaction').first().click();

    expect(new URL(page.url()).searchParams.get('next')).toBe(`/posts/${post.slug}#comment-${comment.id}`);
  });
});

describe('a member', () => {
  it.each([true, false])(
    'joins in a reaction by its count, and leaves it again (script: %s)',
    async (javaScriptEnabled) => {
      const { page } = await site.reader({
        javaScriptEnabled,
        as: await site.forum.member(`joins-${javaScriptEnabled}`),
      });
      await page.goto(`/posts/${post.slug}`);
      if (javaScriptEnabled) await page.locator('.quiet-controls').waitFor();
      const reaction = at(page).locator('> article .reaction');

      await reaction.click();
      await at(page).locator('> article .reaction.own', { hasText: 'Thanks 2' }).waitFor();
      await reaction.click();
      await at(page).locator('> article .reaction:not(.own)', { hasText: 'Thanks 1' }).waitFor();

      expect(await reaction.count()).toBe(1);
    },
  );

  it('reports a comment in place, and is told why when that was done before', async () => {
    const { page } = await site.reader({ as: await site.forum.member('reporter') });
    await page.goto(`/posts/${post.slug}`);
    await page.locator('.quiet-controls').waitFor();

    await at(page).locator('> article [data-action=report]').click();
    await at(page).locator('.report input[value=spam]').check();
    await at(page).locator('.report button[type=submit]').click();
    await at(page).locator('.status[role=status]').waitFor();
    await page.reload();
    await page.locator('.quiet-controls').waitFor();
    await at(page).locator('> article [data-action=report]').click();
    await at(page).locator('.report input[value=abuse]').check();
    await at(page).locator('.report button[type=submit]').click();
    await at(page).locator('.field-error').waitFor();

    expect(new URL(page.url()).pathname).toBe(`/posts/${post.slug}`);
    const queue = await site.forum.done<{ items: { comment: { id: string } }[] }>(
      'GET',
      '/api/v1/moderation/queue?list=reported',
      { token: moderator.token },
    );
    expect(queue.items.map((item) => item.comment.id)).toEqual([comment.id]);
  });
});

describe('the page of a member', () => {
  it('lists by pages what everybody can read of the member, and counts nothing else, whoever looks', async () => {
    const author = await site.forum.member('writes-much');
    const say = (body: string, parentId: string | null = null) =>
      site.forum.comment(author, post.id, { body, parentId });
    const texts = Array.from({ length: 25 }, (_, n) => `Public ${n}`);
    for (const text of texts) await say(text);
    const held = await say('Held');
    const parent = await site.forum.comment(mali, post.id, { body: 'Soon hidden' });
    await say('Below what is hidden', parent.id);
    const removed = await say('Removed');
    await site.forum.done('DELETE', `/api/v1/comments/${removed.id}`, { token: author.token });
    for (const { id, revision } of [held, parent])
      await site.forum.done('POST', `/api/v1/comments/${id}/decisions`, {
        token: moderator.token,
        body: { action: 'hold', reason: 'other', revision },
      });

    for (const as of [undefined, author, moderator]) {
      const { page, context } = await site.reader({ javaScriptEnabled: false, ...(as && { as }) });
      await page.goto('/members/writes-much');
      const first = await page.locator('.written .text').allInnerTexts();
      expect(await page.locator('#comments-title').textContent()).toBe('25 comments');
      await page.click('.pages a[rel=next]');
      const second = await page.locator('.written .text').allInnerTexts();

      expect([first.length, [...first, ...second]]).toEqual([20, texts.toReversed()]);
      await context.close();
    }
  }, 60_000);
});
