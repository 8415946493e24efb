import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let auditor: TestMember;
let moderator: TestMember;
let writer: TestMember;
let post: Post;
let comment: Comment;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  auditor = await site.forum.member('the-auditor', ['auditor']);
  moderator = await site.forum.member('the-moderator', ['moderator']);
  writer = await site.forum.member('the-writer');
  post = await site.forum.publish(await site.forum.admin());
  comment = await site.forum.comment(writer, post.id);
  const reader = await site.forum.member('a-reader');
  await site.forum.done('POST', `/api/v1/comments/${comment.id}/reports`, {
    token: reader.token,
    body: { reason: 'spam' },
  });
  await site.forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: moderator.token,
    body: { action: 'remove', reason: 'spam', revision: comment.revision },
  });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

describe('the explorer', () => {
  it('says at each field of the filter that is refused what it accepts', async () => {
    const { page } = await site.reader({ as: auditor });
    const told = async (fields: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      await page.goto(`/audit/events?${new URLSearchParams(fields)}`);
      return page.locator('.field-error').allInnerTexts();
    };
    const long = 'x'.repeat(301);

    expect(await told({ type: 'a b', correlation: 'zz', stream: ' ?' })).toEqual([
      'A type such as CommentPosted, or several with commas between them.',
    ]);
    expect(await told({ stream: long, actor: long, from: 'soon', correlation: long, causation: long })).toEqual([
      'A stream such as comment-*; this is too long for one.',
      "A handle, a member's id or policy; this is too long for one.",
      'A day such as 2015-10-31, or a moment such as 2015-10-31 14:00.',
      'An id, as it stands at an event; this is too long for one.',
      'An id, as it stands at an event; this is too long for one.',
    ]);
  });

  it('finds an event by its type, with the keyboard alone, and leads from the decision to the report', async () => {
    const { page, complaints } = await site.reader({ as: auditor });
    await page.goto('/audit/events');
    await page.getByLabel('Type').focus();
    await page.keyboard.type('CommentDecided');
    await page.keyboard.press('Enter');
    await page.waitForURL(/type=CommentDecided/);
    const rows = page.locator('#event-rows tr');
    expect(await rows.count()).toBe(1);
    await rows.locator('a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/audit\/events\/\d+$/);
    const causes = page.locator('.tree', { hasText: 'What led to it' });
    await causes.getByRole('link', { name: 'CommentReported.v1' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.envelope', { hasText: 'CommentReported.v1' }).waitFor();
    const effects = page.locator('.tree', { hasText: 'What it led to' });
    expect(await effects.getByRole('link', { name: 'CommentDecided.v1' }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('shows an event as it comes, above the others, each once', async () => {
    const { page, complaints } = await site.reader({ as: auditor });
    await page.goto('/audit/events');
    await page.locator('#event-rows[data-live]').waitFor();
    const before = await page.locator('#event-rows tr').count();
    const written = await site.forum.comment(writer, post.id, { body: 'Right now' });
    const row = page.locator('#event-rows tr', { hasText: `comment-${written.id.slice(0, 8)}` });
    await row.waitFor();
    expect(await row.count()).toBe(1);
    expect(await page.locator('#event-rows tr').count()).toBeGreaterThan(before);
    const positions = await page.locator('#event-rows tr td:first-child').allInnerTexts();
    expect(positions).toEqual(positions.toSorted((a, b) => Number(b) - Number(a)));
    expect(new Set(positions).size).toBe(positions.length);
    expect(complaints).toEqual([]);
  });
});

describe('a verification', () => {
  it('goes on while the page tells how far it is, and says what was checked', async () => {
    const { page } = await site.reader({ as: auditor });
    await page.goto('/audit/views');
    await page.getByRole('button', { name: 'Verify: sanctions' }).click();
    await page.locator('tr', { hasText: 'sanctions' }).locator('.equal').waitFor();
    expect(await page.locator('.equal').textContent()).toContain('every row is the same');
  });

  it('names each number on a phone, where the row of names is gone', async () => {
    const { page } = await site.reader({ as: auditor, viewport: { width: 360, height: 640 } });
    for (const [path, cells, names] of [
      ['/audit/views', 'tbody tr:first-child td[data-label]', ['Version', 'Position']],
      ['/audit/events', 'tbody#event-rows tr:last-child td[data-label]', ['Position']],
    ] as const) {
      await page.goto(path);
      const head = await page.locator('.log thead').boundingBox();
      expect((head?.width ?? 0) * (head?.height ?? 0)).toBeLessThanOrEqual(1);
      const told = await page
        .locator(`.log ${cells}`)
        .evaluateAll((all) => all.map((cell) => getComputedStyle(cell, '::before').content));
      expect(told).toEqual(names.map((name) => `"${name}: "`));
    }
  });

  it('is pressed and read without a script', async () => {
    const { page } = await site.reader({ as: auditor, javaScriptEnabled: false });
    await page.goto('/audit/views');
    await page.getByRole('button', { name: 'Verify: members' }).click();
    const found = page.locator('tr', { hasText: 'members' }).locator('.equal');
    while ((await found.count()) === 0) await page.reload();
    expect(await found.textContent()).toContain('built anew up to position');
  });
});
