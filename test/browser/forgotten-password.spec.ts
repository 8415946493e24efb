import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { outboxMails, tokenIn } from '../support/outbox-mails.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
const NEW_PASSWORD = 'quite another password';

/** A refused form, and a used link. */
const EXPECTED = /status of (400|410)/;

let site: ForumInBrowser;
beforeAll(async () => {
  site = await ForumInBrowser.open({}, { reacts: true });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

/** The page fits the phone and has no fault that axe finds. */
async function expectSound(page: Page): Promise<void> {
  expect(await overhang(page)).toBe(0);
  expect(await complaintsOfAxe(page)).toEqual([]);
}

const submit = (page: Page) => page.click('.form button[type=submit]');

describe('on a phone', () => {
  it.each([true, false])(
    'a forgotten password is replaced by the mail in the outbox (scripts: %s)',
    async (javaScriptEnabled) => {
      const handle = `forgetful-${javaScriptEnabled}`;
      const address = `${handle}@example.org`;
      await site.forum.member(handle);
      // The confirmation comes first.
      await outboxMails(site.forum.dataDir, address);
      const { page, complaints } = await site.reader({ ...PHONE, javaScriptEnabled, bypassCSP: javaScriptEnabled });
      const sound = async () => (javaScriptEnabled ? expectSound(page) : undefined);

      await page.goto('/archive');
      await page.goto('/sign-in?next=%2Farchive');
      await page.click('a[href^="/forgot"]');
      await sound();
      await page.fill('#email', 'no address at all@');
      await page.evaluate(() => document.querySelector('form.form')?.setAttribute('novalidate', ''));
      await submit(page);
      await page.locator('#email-error').waitFor();
      await page.fill('#email', address);
      await submit(page);
      await page.locator('.saved').waitFor();
      expect(page.url()).not.toContain(handle);
      await sound();
      await page.getByText('Send it again').click();
      expect([new URL(page.url()).searchParams.get('next'), await page.inputValue('#email')]).toEqual([
        '/archive',
        address,
      ]);

      const [, mail] = await outboxMails(site.forum.dataDir, address, 2);
      const token = tokenIn(mail ?? { text: '' }, '/reset/');
      await page.goto(`/reset/${token}`);
      await sound();
      await page.fill('#password', 'password1234');
      await submit(page);
      await page.locator('#password-error').waitFor();
      await sound();
      await page.fill('#password', NEW_PASSWORD);
      await submit(page);
      // The page takes what it has said off its address as soon as it runs.
      await page.waitForURL(/\/sign-in\?(?:done=reset&)?next=%2Farchive$/);
      await page.locator('.saved').waitFor();
      await page.fill('#login', address);
      await page.fill('#password', NEW_PASSWORD);
      await submit(page);
      await page.waitForURL((url) => url.pathname === '/archive');

      await page.goto(`/reset/${token}`);
      await page.locator('[role=alert]').waitFor();
      await sound();
      const [, , told] = await outboxMails(site.forum.dataDir, address, 3);
      expect(told?.text).toContain('/reset/');
      expect(complaints.filter((line) => !EXPECTED.test(line))).toEqual([]);
    },
    120_000,
  );

  it('a link signs in and leads back to where it was asked for', async () => {
    const address = 'linked@example.org';
    await site.forum.member('linked');
    const { page } = await site.reader({ ...PHONE, bypassCSP: true });
    await page.goto('/sign-in?next=%2Farchive');
    await page.click('a[href^="/sign-in/link"]');
    await expectSound(page);
    await page.fill('#email', address);
    await submit(page);
    await page.locator('.saved').waitFor();
    const [, mail] = await outboxMails(site.forum.dataDir, address, 2);

    const other = await site.reader({ ...PHONE, bypassCSP: true });
    await other.page.goto(`/sign-in/link/${tokenIn(mail ?? { text: '' }, '/sign-in/link/')}`);
    await expectSound(other.page);
    await submit(other.page);
    await other.page.waitForURL('**/archive');
    await other.page.goto('/settings');
    await other.page.locator('#email-title').waitFor();
    await expectSound(other.page);
  }, 120_000);
});
