import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let moderator: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  moderator = await site.forum.member('sokha', ['moderator']);
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

/** The words that the focus stands at, once it stands at words of what was done. */
async function told(page: Page): Promise<string> {
  const focused = page.locator('[role=status]:focus');
  await focused.waitFor();
  return (await focused.textContent()) ?? '';
}

/** Presses the button of that name, and answers what the page that it leads to tells. */
async function press(page: Page, button: string): Promise<string> {
  await page.locator('main').getByRole('button', { name: button, exact: true }).click();
  return told(page);
}

describe.each([true, false])('whoever sends a form is told what was done, and stands there: a script: %s', (script) => {
  const reader = (as: TestMember) => site.reader({ as, javaScriptEnabled: script });

  it('with sanctions, notes and appeals', async () => {
    const member = await site.forum.member(`warned-${script}`);
    const { page, context } = await reader(moderator);
    await page.goto(`/moderation/members/warned-${script}`);
    await page.selectOption('[name=kind]', 'pre-moderation');
    await page.selectOption('[name=reason]', 'spam');
    await page.getByRole('button', { name: 'Review the sanction' }).click();
    await page.locator('#confirm-title:focus').waitFor();
    expect(await press(page, 'Yes, give it')).toBe('The sanction is given.');

    const theirs = await reader(member);
    await theirs.page.goto('/settings');
    await theirs.page.locator('.appeal > summary').click();
    await theirs.page.fill('.appeal textarea', 'It was a joke.');
    expect(await press(theirs.page, 'Send appeal')).toBe('Your appeal is sent.');
    await theirs.context.close();

    await page.fill('[name=text]', 'Seen before.');
    expect(await press(page, 'Add note')).toBe('The note is added.');
    await page.locator('.lines summary', { hasText: 'Lift' }).click();
    expect(await press(page, 'Lift')).toBe('The sanction is lifted.');
    if (script) expect(page.url()).not.toContain('done=');
    await context.close();
  });

  it('with checks of the views', async () => {
    const auditor = await site.forum.member(`auditor-${script}`, ['auditor']);
    const { page, context } = await reader(auditor);
    await page.goto('/audit/views');
    expect(await press(page, 'Verify all views')).toMatch(/^The check (has begun|is done)/);
    // Views are compared in a thread of the lowest priority, which waits long beside other tests.
    const done = page.locator('[role=status]:focus', { hasText: 'The check is done.' });
    if (script) await done.waitFor({ timeout: 90_000 });
    await context.close();
  }, 150_000);

  it('with a comment that is pinned, at the comment', async () => {
    const post = await site.forum.publish(await site.forum.admin(), { title: `Pinned, ${script}` });
    const comment = await site.forum.comment(moderator, post.id);
    const { page, context } = await reader(moderator);
    await page.goto(`/posts/${post.slug}`);
    await page.locator('.more > summary').click();
    expect(await press(page, 'Pin')).toBe('The comment is pinned.');
    await page.locator(`#comment-${comment.id} > article > [role=status]:focus`).waitFor();
    await page.locator('.more > summary').click();
    expect(await press(page, 'Unpin')).toBe('The comment is no longer pinned.');
    await context.close();
  });
});
