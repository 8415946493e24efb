import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { PolicyVersion, Post } from '../../libs/client/index.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let admin: TestMember;
let post: Post;
beforeAll(async () => {
  site = await ForumInBrowser.open();
  admin = await site.forum.admin();
  post = await site.forum.publish(admin);
  await site.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
  const path = '/api/v1/moderation/policy';
  const { version, rules: before } = await site.forum.done<PolicyVersion>('GET', path, { token: admin.token });
  const settings = { on: true, bits: 10, fromArrivals: 0 };
  const rules = before.map((rule) => (rule.rule === 'proof-of-work' ? { ...rule, ...settings } : rule));
  await site.forum.done('PUT', path, { token: admin.token, body: { version, rules, note: '' } });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

it.each([true, false])(
  'somebody registers, and waits for a moderator only without scripts (scripts: %s)',
  async (scripts) => {
    const { page, complaints } = await site.reader({ javaScriptEnabled: scripts, bypassCSP: scripts });
    const handle = scripts ? 'with-scripts' : 'without-scripts';
    await page.goto('/register');
    if (scripts) expect(await complaintsOfAxe(page)).toEqual([]);
    // The field for programs is nowhere on the keyboard's way and not to be seen.
    expect(await page.locator('[name=homepage]').count()).toBe(1);
    await page.fill('[name=displayName]', handle);
    await page.fill('[name=handle]', handle);
    await page.fill('[name=email]', `${handle}@example.org`);
    await page.fill('[name=password]', PASSWORD);
    for (let n = 0; n < 3; n += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate("document.activeElement?.getAttribute('name')")).not.toBe('homepage');
    }
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForURL('**/register/done**');
    expect(await page.getByText('What happens next').count()).toBe(scripts ? 0 : 1);
    if (scripts) expect(await complaintsOfAxe(page)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

it('a guest is told how far the puzzle is, and sends without waiting for it', async () => {
  const { page, complaints } = await site.reader();
  await page.goto(`/posts/${post.slug}`);
  await page.locator('#thread[data-connection]').waitFor();
  expect(await page.locator('#comment-form [data-said]').textContent()).toContain(
    'does a short sum while you write, about 1 second,',
  );
  await page.locator('#comment-form textarea').fill('I was there.');
  await page.locator('#comment-form [data-said]').getByText('The sum is done.').waitFor();
  expect(await page.locator('#comment-form [name=proof]').inputValue()).toMatch(/^[0-9a-z]+\.[\w-]{22}\./);
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.locator('#comment-form [name=name]').fill('Sokha');
  await page.locator('#comment-form [name=email]').fill('sokha@example.org');
  await page.locator('#comment-form button[type=submit]').click();
  await page.locator('p#comment-form[role=status]').waitFor();
  expect(complaints).toEqual([]);
});

it('the rules about those who arrive are set on a phone, with and without scripts', async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { page } = await site.reader({
      viewport: { width: 360, height: 740 },
      javaScriptEnabled,
      bypassCSP: javaScriptEnabled,
      as: admin,
    });
    await page.goto('/moderation/policy');
    await page.locator('#rule-form-time input[type=checkbox]').check();
    expect(await overhang(page)).toBe(0);
    if (javaScriptEnabled) expect(await complaintsOfAxe(page)).toEqual([]);
    await page.locator('button[formaction="/moderation/policy/rehearsals"]').click();
    await page.locator('#rehearsed-registrations').waitFor();
    expect(await overhang(page)).toBe(0);
    if (javaScriptEnabled) expect(await complaintsOfAxe(page)).toEqual([]);
  }
});
