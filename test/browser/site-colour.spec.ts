import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { complaintsOfAxe, overhang } from './axe.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
beforeAll(async () => {
  site = await ForumInBrowser.open();
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

it('says of a chosen colour that it is hard to read, and takes the nearest that is not', async () => {
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };
  const { page, complaints } = await site.reader({ ...phone, as: await site.forum.admin() });
  await page.goto('/admin/settings');
  const own = page.locator('#ownAccent');
  const take = page.locator('[data-take]');
  expect([await own.isChecked(), await take.isVisible()]).toEqual([true, false]);

  await page.fill('#accent', '#ff8800');
  expect(await page.textContent('[data-hard]')).toContain('This colour is hard to read');
  expect([await own.isChecked(), await take.isVisible(), await overhang(page)]).toEqual([false, true, 0]);
  const offered = await take.getAttribute('value');
  await take.click();
  expect([await page.inputValue('#accent'), await take.isVisible()]).toEqual([offered, false]);
  expect(await complaintsOfAxe(page)).toEqual([]);
  expect(await page.inputValue('[name=accentPicked]')).toBe(offered);
  await page.fill('[name=accentPicked]', '#7a1f5c');
  expect([await page.inputValue('#accent'), await own.isChecked()]).toEqual(['#7a1f5c', false]);
  const shown = await page.locator('.brand-preview.light').evaluate((box) => box.style.getPropertyValue('--accent'));
  expect(shown).toBe('#7a1f5c');
  await page.fill('#accent', '#0c5c5c');
  expect(await page.inputValue('[name=accentPicked]')).toBe('#0c5c5c');
  expect([await own.isChecked(), await page.textContent('[data-hard]')]).toEqual([true, '']);
  expect(complaints).toEqual([]);
}, 60_000);
