import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let auditor: TestMember;
let kept: string;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  auditor = await site.forum.member('somsri', ['auditor', 'editor']);
  kept = await (await fetch(new URL('/api/v1/audit/checkpoint', site.forum.url))).text();
  await site.forum.publish(auditor, { title: 'What came after' });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

/** What became of each part of the check that was asked for last; the one before it had more parts or another result. */
async function outcomes(page: Page, result: string, parts: number): Promise<readonly string[]> {
  const shown = page.locator(`.check-result[data-result=${result}] [data-outcome]`);
  await shown.nth(parts - 1).waitFor();
  await shown.nth(parts).waitFor({ state: 'detached' });
  return shown.evaluateAll((lines) => lines.map((one) => one.dataset.outcome ?? ''));
}

describe('the page that verifies the log', () => {
  it('finds what was kept at the beginning of the newest log, and refuses what never was', async () => {
    const { page, complaints } = await site.reader({ as: auditor });
    await page.goto('/audit/verify');
    expect(await page.textContent('.commands')).toContain('/colloquy\n');
    await page.fill('#verify-kept', kept);
    await page.click('#verify-check button[type=submit]');
    expect(await outcomes(page, 'passed', 5)).toEqual(['passed', 'passed', 'passed', 'passed', 'passed']);

    await page.fill(
      '#verify-kept',
      kept.replace(/\n(\d+)\n/, (_, size) => `\n${Number(size) - 1}\n`),
    );
    await page.click('#verify-check button[type=submit]');
    expect(await outcomes(page, 'uncheckable', 4)).toEqual(['passed', 'passed', 'failed', 'skipped']);

    await page.fill('#verify-kept', 'hello');
    await page.click('#verify-check button[type=submit]');
    await page.getByText('This cannot be checked.').waitFor();
    expect(await outcomes(page, 'uncheckable', 2)).toEqual(['failed', 'skipped']);
    expect(complaints).toEqual([]);
  });

  it('without a script the forum tells what it finds', async () => {
    const { page } = await site.reader({
      as: auditor,
      javaScriptEnabled: false,
      viewport: { width: 390, height: 800 },
    });
    await page.goto('/audit/verify');
    await page.fill('#verify-kept', kept);
    await page.click('#verify-check button[type=submit]');
    expect(await outcomes(page, 'passed', 5)).toEqual(['passed', 'passed', 'passed', 'passed', 'passed']);
    expect(await page.textContent('.check-result')).toContain('own word');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  it.each([
    [360, true],
    [1440, true],
    [360, false],
    [1440, false],
  ])('brings whoever asked to the verdict, passed or failed: %d px, a script: %s', async (width, javaScriptEnabled) => {
    const { page, context } = await site.reader({ as: auditor, javaScriptEnabled, viewport: { width, height: 640 } });
    for (const [asked, result] of [
      [kept, 'passed'],
      ['hello', 'uncheckable'],
    ] as const) {
      await page.goto('/audit/verify');
      await page.fill('#verify-kept', asked);
      await page.click('#verify-check button[type=submit]');
      await page.locator(`.check-result[data-result=${result}]:focus`).waitFor();

      const { top, bottom } = await page
        .locator('.check-result .verdict')
        .evaluate((one) => one.getBoundingClientRect());
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(640);
    }
    await context.close();
  });
});
