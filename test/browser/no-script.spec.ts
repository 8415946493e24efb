import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { commentTexts, ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let mali: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
  post = await site.forum.publish(mali, { title: 'Without a script' });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

async function registers(page: Page, handle: string): Promise<void> {
  await page.fill('#displayName', `Name of ${handle}`);
  await page.fill('#handle', handle);
  await page.fill('#email', `${handle}@example.org`);
  await page.fill('#password', 'a long enough password');
  await page.click('.form button[type=submit]');
}

describe('without JavaScript', () => {
  it('one registers, comments, answers, edits, reacts, looks at the history, and removes', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });

    await page.goto(`/posts/${post.slug}`);
    await page.click('#comment-form a[href^="/register"]');
    await registers(page, 'phally');
    await page.waitForURL('**/register/done*');
    await page.click('main a.button');
    await page.waitForURL(`**/posts/${post.slug}*`);
    await page.fill('#new-comment', 'A comment <b>without</b> a script');
    await page.click('#comment-form button[type=submit]');
    await page.waitForURL(/#comment-/);
    expect(await commentTexts(page)).toEqual(['A comment <b>without</b> a script']);

    await page.click('[data-action=answer]');
    await page.fill('#answer textarea', 'And an answer');
    await page.click('#answer button[type=submit]');
    await page.locator('.answers .comment').waitFor();
    await page.locator('.answers [data-action=edit]').click();
    await page.fill('#body', 'And a better answer');
    await page.click('.form button[type=submit]');
    await page.locator('.answers .edited').waitFor();
    expect(await commentTexts(page)).toEqual(['A comment <b>without</b> a script', 'And a better answer']);

    await page.locator('[data-action=react]').first().click();
    await page.click('button[value=agree]');
    await page.locator('.reaction.own', { hasText: 'Agree 1' }).waitFor();
    await page.locator('[data-action=react]').first().click();
    await page.click('button[value=agree]');
    await page.locator('.reaction').waitFor({ state: 'detached' });

    await page.click('.answers .edited');
    await page.locator('ins').first().waitFor();
    expect(
      (await page.locator('.revisions .diff').allTextContents()).map((text) =>
        text.replace(/(Added|Taken out): /g, ''),
      ),
    ).toEqual(['And an answer', expect.stringContaining('better')]);
    await page.click('.aside a');
    await page.locator('.answers [data-action=remove]').click();
    await page.click('.button.danger');
    await page.locator('.answers .gone').waitFor();
    expect(await commentTexts(page)).toEqual(['A comment <b>without</b> a script']);
    await page.click('.answers > summary .fold');
    expect(await page.locator('.gone').isVisible()).toBe(false);
  }, 60_000);

  it('a text that is not accepted stays in the form, with the reason at it', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false, as: await site.forum.member('thuy') });
    const long = 'mekong '.repeat(1_500);

    await page.goto(`/posts/${post.slug}`);
    await page.fill('#new-comment', long);
    await page.click('#comment-form button[type=submit]');
    await page.locator('.field-error').waitFor();

    expect(await page.locator('.field-error').textContent()).not.toBe('');
    expect(await page.locator('#new-comment').inputValue()).toBe(long);
    expect(await page.locator('#new-comment').getAttribute('aria-invalid')).toBe('true');
    const again = await page.locator('#new-comment').getAttribute('aria-describedby');
    expect(again).toContain('new-comment-error');
  });

  it('a registration says at each field what is wrong, in the reader’s language, and keeps the rest', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false, locale: 'vi-VN' });

    await page.goto('/register');
    await page.fill('#displayName', 'Trần Thị Hoa');
    await page.fill('#handle', 'mali');
    await page.fill('#email', 'hoa@example.org');
    await page.fill('#password', 'a long enough password');
    await page.click('.form button[type=submit]');

    expect(await page.locator('#handle-error').textContent()).toBe('Đã có người dùng tên này. Hãy chọn tên khác.');
    expect(await page.locator('#displayName').inputValue()).toBe('Trần Thị Hoa');
    expect(await page.locator('#password').inputValue()).toBe('');
  });

  it('one signs in, changes one’s name and language, and signs out', async () => {
    await site.forum.member('vanna');
    const { page } = await site.reader({ javaScriptEnabled: false });

    await page.goto('/sign-in?next=%2Fsettings');
    await page.fill('#login', 'vanna');
    await page.fill('#password', 'wrong, but long enough');
    await page.click('.form button[type=submit]');
    expect(await page.locator('.form-error').textContent()).toBe('Handle or e-mail and password do not fit together.');
    await page.fill('#password', 'correct horse battery');
    await page.click('.form button[type=submit]');
    await page.waitForURL('**/settings*');
    await page.fill('#displayName', 'វណ្ណា');
    await page.locator('.form #locale').selectOption('km');
    await page.click('.form button[type=submit]');
    await page.locator('.saved').waitFor();
    expect(await page.locator('.me').textContent()).toBe('វណ្ណា');
    expect(await page.locator('h1').textContent()).toBe('ការកំណត់');
    await page.click('nav.account form[action="/sign-out"] button');
    await page.locator('nav.account a[href^="/sign-in"]').waitFor();
  });

  it('an editor writes, previews, publishes, and edits a post', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false, as: mali });

    await page.goto('/write');
    await page.fill('#title', 'Four points on the river');
    await page.fill('#body', 'One *point* and [a link](https://example.org).');
    await page.fill('#tags', 'river, points');
    await page.click('button[value=preview]');
    expect(await page.locator('.preview .post-body').innerHTML()).toContain('<em>point</em>');
    await page.click('button[value=publish]');
    await page.waitForURL('**/posts/four-points-on-the-river*');
    expect(await page.locator('.saved').textContent()).toBe('The post is published.');
    expect(await page.locator('.tags a').allInnerTexts()).toEqual(['river', 'points']);
    await page.click('a[href$="/edit"]');
    await page.fill('#body', 'Two points.');
    await page.click('button[value=publish]');
    await page.waitForURL('**/posts/four-points-on-the-river?after*');

    expect(await page.locator('.post-body').textContent()).toBe('Two points.\n');
  });

  it('a post for later is seen by editors alone', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false, as: mali });
    await page.goto('/write');
    await page.fill('#title', 'For next century');
    await page.fill('#body', 'Wait.');
    await page.check('input[value=later]');
    await page.click('button[value=publish]');
    expect(await page.locator('#publishAt-error').isVisible()).toBe(true);
    await page.check('input[value=later]');
    await page.fill('#publishAt', '2101-01-01T08:00');
    await page.click('button[value=publish]');
    await page.waitForURL('**/posts/for-next-century*');
    expect(await page.locator('.badge.waiting').textContent()).toContain('1 January 2101');

    const { page: reader } = await site.reader({ javaScriptEnabled: false });
    expect((await reader.goto('/posts/for-next-century'))?.status()).toBe(404);
  });
});
