import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { TestMember } from '../support/forum-caller.ts';
import { newId } from '../support/running-forum.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let mali: TestMember;
let slug: string;
const commentId = newId();

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
  const post = await site.forum.publish(mali, { title: 'On the record' });
  slug = post.slug;
  const body = { id: commentId, body: 'What I said then.' };
  await site.forum.call('POST', `/api/v1/posts/${post.id}/comments`, { token: mali.token, body });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const verdict = async (page: Page, result: string): Promise<readonly string[]> => {
  await page.locator(`.check-result[data-result=${result}]`).waitFor();
  return page
    .locator('.check-result [data-outcome]')
    .evaluateAll((lines) => lines.map((one) => one.dataset.outcome ?? ''));
};

describe('the receipt of a comment', () => {
  it('is found beside it, checked by the browser, and refused when it is bent, with the step that failed', async () => {
    const { page, complaints } = await site.reader();
    await page.goto(`/posts/${slug}`);
    await page.locator(`#comment-${commentId} .more > summary`).click();
    await page.locator(`#comment-${commentId} a[href="/receipts/${commentId}"]`).click();
    expect(await verdict(page, 'passed')).toEqual(['passed', 'passed', 'passed', 'passed', 'passed']);
    expect(await page.textContent('.verdict')).toBe('The receipt holds.');

    const whole = await page.inputValue('#receipt-text');
    await page.fill(
      '#receipt-text',
      whole.replace(/^index (\d+)$/m, (_, index) => `index ${Number(index) - 1}`),
    );
    await page.click('#receipt-check button[type=submit]');
    expect(await verdict(page, 'failed')).toEqual(['passed', 'passed', 'failed', 'skipped']);
    expect(await page.textContent('[data-outcome=failed]')).toContain('does not lead to the root');

    const file = join(tmpdir(), `${newId()}.tlog-proof`);
    writeFileSync(file, whole);
    await page.setInputFiles('#receipt-file', file);
    expect(await verdict(page, 'passed')).toHaveLength(5);

    const key = await page.inputValue('#receipt-key');
    await page.fill('#receipt-key', key.replace(/[0-9a-f]{8}\+/, '00000000+'));
    await page.press('#receipt-key', 'Enter');
    expect(await verdict(page, 'failed')).toEqual(['passed', 'passed', 'passed', 'failed', 'skipped']);
    expect(complaints).toEqual([]);
    expect(new URL(page.url()).search).toBe('');
  });

  it('says so when the browser gives no cryptography, and when it knows no Ed25519', async () => {
    const { page } = await site.reader();
    await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
    await page.goto(`/receipts/${commentId}`);
    expect(await verdict(page, 'unsure')).toEqual(['unable']);
    expect(await page.textContent('.check-result')).toContain('over https');
    expect(await page.locator('#receipt-check form').count()).toBe(0);

    const older = await site.reader();
    await older.page.addInitScript(() => {
      crypto.subtle.importKey = () => Promise.reject(new DOMException('unknown', 'NotSupportedError'));
    });
    await older.page.goto(`/receipts/${commentId}`);
    expect(await verdict(older.page, 'unsure')).toEqual(['passed', 'passed', 'passed', 'passed', 'unable']);
  });

  it('without a script says what it says, and how it is checked', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
    await page.goto(`/comments/${commentId}/history`);
    await page.click(`a[href="/receipts/${commentId}?revision=0"]`);
    await page.waitForURL('**/receipts/**');
    expect(await page.locator('#receipt-check').isVisible()).toBe(false);
    expect(await page.textContent('.facts')).toMatch(/event \d+ of \d+, at position \d+/);
    expect(await page.textContent('.commands')).toMatch(/node colloquy-verify\.mjs comment-[0-9a-f-]{36}\.tlog-proof/);
    const download = page.waitForEvent('download');
    await page.click('a[download]');
    expect((await download).suggestedFilename()).toBe(`comment-${commentId}.tlog-proof`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  });
});
