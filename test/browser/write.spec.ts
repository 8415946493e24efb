import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TestMember } from '../../libs/testing/forum-caller.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let mali: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

it('a post that is being written survives a reload, warns whoever leaves it, and its draft is gone once it is published', async () => {
  const { page } = await site.reader({ as: mali });
  const warnings: string[] = [];
  page.on('dialog', (dialog) => {
    warnings.push(dialog.type());
    void dialog.accept();
  });

  await page.goto('/write');
  await page.fill('#title', 'Half written');
  await page.fill('#body', 'The first sentence.');
  await page.reload();
  await page.locator('[data-restored]').waitFor();
  expect(warnings).toEqual(['beforeunload']);
  expect(await page.inputValue('#title')).toBe('Half written');
  expect(await page.inputValue('#body')).toBe('The first sentence.');

  await page.click('button[value=publish]');
  await page.waitForURL('**/posts/half-written*');
  await page.goto('/write');

  expect(await page.inputValue('#body')).toBe('');
  expect(await page.locator('[data-restored]').isVisible()).toBe(false);
});

it('a text that was not accepted is kept still', async () => {
  const { page } = await site.reader({ as: mali });

  await page.goto('/write');
  await page.fill('#title', 'Too many tags');
  await page.fill('#body', 'Kept.');
  await page.fill('#tags', Array.from({ length: 21 }, (_, n) => `tag${n}`).join(','));
  await page.click('button[value=publish]');
  await page.locator('.field-error').waitFor();
  await page.goto('/write').catch(() => undefined);
  await page.goto('/write');

  expect(await page.inputValue('#body')).toBe('Kept.');
});
