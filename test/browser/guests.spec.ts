import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { outboxMails, tokenIn } from '../support/outbox-mails.ts';
import { until } from '../support/until.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

let site: ForumInBrowser;
let admin: TestMember;
let post: Post;
beforeAll(async () => {
  site = await ForumInBrowser.open({}, { reacts: true });
  admin = await site.forum.admin();
  post = await site.forum.publish(admin);
  await site.forum.comment(admin, post.id, { body: 'The first comment.' });
  await site.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { guests: true } });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

it.each([true, false])(
  'a guest answers, confirms by mail, and is read once approved (scripts: %s)',
  async (scripts) => {
    const email = `guest-${scripts}@example.org`;
    const { page, complaints } = await site.reader({ ...PHONE, javaScriptEnabled: scripts, bypassCSP: scripts });
    const { page: other } = await site.reader();
    const sound = async () => {
      expect(await overhang(page)).toBe(0);
      if (scripts) expect(await complaintsOfAxe(page)).toEqual([]);
    };
    await other.goto(`/posts/${post.slug}`);
    await page.goto(`/posts/${post.slug}`);
    await page.locator('[data-action=answer]').first().click();
    await page.locator('#answer textarea').fill('I was there, too.');
    await page.locator('#answer [name=name]').fill('the-admin');
    await page.locator('#answer [name=email]').fill(email);
    await sound();
    await page.locator('#answer button[type=submit]').click();
    await page.locator('#answer [role=alert]').waitFor();
    expect(await page.locator('#answer textarea').inputValue()).toBe('I was there, too.');
    await page.locator('#answer [name=name]').fill('Sokha');
    await page.locator('#answer button[type=submit]').click();
    await page.locator('p#comment-form[role=status]').waitFor();
    await sound();

    const [mail] = await outboxMails(site.forum.dataDir, email);
    await page.goto(`/confirm/${tokenIn(mail ?? { text: '' }, '/confirm/')}`);
    await sound();
    await page.click('.form button[type=submit]');
    await page.locator('.saved').waitFor();

    const { items } = await site.forum.done<{ items: { comment: { id: string; revision: number } }[] }>(
      'GET',
      '/api/v1/moderation/queue?list=held',
      { token: admin.token },
    );
    const comment = items[0]?.comment;
    if (comment === undefined) throw new Error('nothing is held');
    expect(await other.locator(`#comment-${comment.id}`).count()).toBe(0);
    await site.forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
      token: admin.token,
      body: { action: 'approve', revision: comment.revision },
    });
    await other.locator(`#comment-${comment.id}`).getByText('I was there, too.').waitFor({ state: 'attached' });
    expect(complaints).toEqual(scripts ? [expect.stringContaining('400')] : complaints);
  },
);

it('a text that was typed before signing in stands in the member’s form afterwards, at its place', async () => {
  await site.forum.member('returning');
  const { page } = await site.reader();
  const fill = async (form: string, text: string): Promise<void> => {
    await page.locator(`${form} textarea`).focus();
    await page.locator(`${form} [role=toolbar]`).waitFor();
    await page.locator(`${form} textarea`).fill(text);
  };
  const signIn = async (): Promise<void> => {
    await page.goto(`/sign-in?next=/posts/${post.slug}`);
    await page.getByLabel('Handle or e-mail').fill('returning');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL((url) => url.pathname === `/posts/${post.slug}`);
  };
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  await fill('#comment-form', 'Typed before\nsigning in');
  await signIn();
  await until(async () => (await page.inputValue('#new-comment')) === 'Typed before\nsigning in');
  await page.locator('#comment-form button[type=submit]').click();
  await page.locator('.comment:not(.on-its-way)', { hasText: 'Typed before' }).waitFor();
  await page.reload();
  await live(page);
  expect(await page.inputValue('#new-comment')).toBe('');

  await page.context().clearCookies();
  await page.goto(`/posts/${post.slug}`);
  await page.locator('[data-action=answer]').first().click();
  await fill('#answer', 'An answer of before');
  await signIn();
  await page.locator('#answer').waitFor();
  expect(await page.locator('#answer textarea').inputValue()).toBe('An answer of before');
});
