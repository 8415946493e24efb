import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import { LOCALE_CODES } from '../../libs/words/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

const [OLD, NEW] = ['https://a-former-name-of-the-blog.example', 'https://a-present-name-of-the-blog.example'];
const PATH = `/2024/11/${'a-long-name-of-a-page-'.repeat(5)}`;
let site: ForumInBrowser;
let admin: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open({ EMBED_ORIGINS: `${OLD},${NEW}` });
  admin = await site.forum.admin();
  const reader = await site.forum.member('somchai');
  for (const origin of [OLD, NEW]) {
    const body = { url: origin + PATH };
    const { id } = await site.forum.done<Post>('PUT', '/api/v1/pages', { body });
    const { id: commentId, revision } = await site.forum.comment(reader, id, { body: `Said at ${origin}` });
    const decision = { action: 'hold', reason: 'spam', revision };
    await site.forum.done('POST', `/api/v1/comments/${commentId}/decisions`, { token: admin.token, body: decision });
  }
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

/** The longest words and the highest letters stand for the others where there is little time. */
const LOCALES = process.env['COLLOQUY_LONG'] === undefined ? (['en', 'km'] as const) : LOCALE_CODES;

test.each(LOCALES)('an alias is seen, and saved with a second press, by keyboard on a phone: %s', async (locale) => {
  const viewport = { width: 360, height: 740 };
  const { page, context } = await site.reader({ as: admin, viewport, bypassCSP: true });
  await context.addCookies([{ name: 'colloquy_locale', value: locale, url: site.forum.url }]);
  await page.goto('/admin/settings');
  await page.locator('#pageAliases').fill(`${OLD}/ ${NEW}/`);
  await page.locator('#addresses button[value=preview]').press('Enter');
  await page.locator('#moves li li').first().waitFor();
  expect(await page.locator('#moves li li').count()).toBe(2);
  expect([await overhang(page), await complaintsOfAxe(page)]).toEqual([0, []]);
  await page.locator('#addresses button[value=join]').press('Enter');
  await page.locator('.saved').first().waitFor();
  await page.locator('#pageAliases').fill('');
  const saved = page.waitForResponse((response) => response.url().includes('saved=addresses') && response.ok());
  await page.locator('#addresses button[value=save]').press('Enter');
  await saved;

  await page.goto('/moderation/queue?list=held');
  await page.locator('select[name=site]').selectOption(NEW);
  await page.locator('.site-filter button').press('Enter');
  await page.waitForURL(/site=/);
  expect(await page.locator('[data-row]').count()).toBe(1);
  expect([await overhang(page), await complaintsOfAxe(page)]).toEqual([0, []]);
  await context.close();
});
