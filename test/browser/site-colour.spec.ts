import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sharp from 'sharp';
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

/** A square in the middle of nothing. */
const squareOf = async (colour: string): Promise<Buffer> => {
  const square = { create: { width: 60, height: 60, channels: 4, background: colour } } as const;
  const nothing = { create: { width: 120, height: 120, channels: 4, background: '#00000000' } } as const;
  return sharp(nothing)
    .composite([{ input: await sharp(square).png().toBuffer() }])
    .png()
    .toBuffer();
};

it('says of a logo that it can hardly be seen on one of the two grounds', async () => {
  const { page, complaints } = await site.reader({ as: await site.forum.admin() });
  await page.goto('/admin/settings');
  const said = page.locator('[data-faint-dark]');
  const choose = async (colour: string): Promise<void> =>
    page.setInputFiles('#logoFile', { name: 'logo.png', mimeType: 'image/png', buffer: await squareOf(colour) });
  await choose('#101820');
  await said.getByText('on the dark ground').waitFor();
  await choose('#fffdf5');
  await said.getByText('on the light ground').waitFor();
  await choose('#0f766e');
  await said.waitFor({ state: 'hidden' });
  expect(complaints).toEqual([]);
});
