import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post, PostDraft } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { newId } from '../support/running-forum.ts';
import { until } from '../support/until.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let mali: TestMember;
let linh: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
  linh = await site.forum.member('linh', ['editor']);
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const keeps = (by: TestMember, postId: string, body: object): Promise<PostDraft> =>
  site.forum.done('PUT', `/api/v1/post-drafts/${postId}`, { token: by.token, body });
const reads = (postId: string): Promise<PostDraft> =>
  site.forum.done('GET', `/api/v1/post-drafts/${postId}`, { token: mali.token });
const idIn = (page: Page): Promise<string> => page.inputValue('.form [name=id]');

it('what is typed is kept by itself, and gone on with by another editor without JavaScript', async () => {
  const { page } = await site.reader({ as: mali });
  await page.goto('/write');
  await page.fill('#title', 'Kept by itself');
  await page.fill('#body', 'The first sentence.');
  await page.getByText(/^Draft kept at/).waitFor();
  const id = await idIn(page);
  expect(new URL(page.url()).pathname).toBe(`/write/${id}`);
  // On a slow machine the title is kept before the text is typed.
  await until(async () => (await reads(id)).body === 'The first sentence.');
  const { page: other } = await site.reader({ as: linh, javaScriptEnabled: false });
  await other.goto('/drafts');
  await other.getByRole('link', { name: 'Kept by itself', exact: true }).click();
  expect(await other.inputValue('#body')).toBe('The first sentence.');
  await other.fill('#body', 'The first sentence. And a second.');
  await other.click('button[value=draft]');
  await other.getByText('The draft is kept.').waitFor();
  expect(await reads(id)).toMatchObject({ body: 'The first sentence. And a second.', author: { handle: 'mali' } });

  // The first one has not seen that, and goes on.
  await page.fill('#body', 'The first sentence. Another end.');
  await page.getByText('Somebody else has kept a newer text.').waitFor();
  expect(await reads(id)).toMatchObject({ body: 'The first sentence. And a second.' });
  await page.getByRole('button', { name: 'See both texts' }).click();
  await page.getByRole('heading', { name: 'Two texts of this post' }).waitFor();
  expect(await page.locator('.conflict-diff del').allInnerTexts()).not.toEqual([]);
  expect(await page.inputValue('#body')).toBe('The first sentence. Another end.');
  await page.getByRole('button', { name: 'Put both into one text' }).click();
  await page.locator('.conflict').waitFor({ state: 'detached' });
  expect(await page.inputValue('#body')).toBe('The first sentence. And a second.\nThe first sentence. Another end.');
  await page.fill('#body', 'The first sentence. Both ends.');
  await page.click('button[value=publish]');
  await page.waitForURL('**/posts/kept-by-itself*');
  expect(await page.textContent('.post-body')).toContain('Both ends.');
  expect((await site.forum.call('GET', `/api/v1/post-drafts/${id}`, { token: mali.token })).status).toBe(404);
});

it('without JavaScript a newer text is shown beside the own one, which is kept or given up', async () => {
  const id = newId();
  const { position } = await keeps(mali, id, { title: 'By two', body: 'Before' });
  const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
  await page.goto(`/write/${id}`);
  await keeps(linh, id, { title: 'By two', body: 'Theirs', over: position });
  await page.fill('#body', 'Mine');
  for (const button of ['publish', 'draft']) {
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.locator(`.form > .buttons button[value=${button}]`).click();
    expect((await answered).status()).toBe(button === 'publish' ? 409 : 303);
    if (button === 'publish') {
      expect(await page.locator('.conflict').textContent()).toContain('linh');
      expect((await reads(id)).body).toBe('Theirs');
    }
  }
  expect((await reads(id)).body).toBe('Mine');
  await keeps(linh, id, { title: 'By two', body: 'Theirs again', over: (await reads(id)).position });
  await page.fill('#body', 'Mine again');
  await page.click('button[value=draft]');
  await page.getByRole('button', { name: 'Take theirs' }).click();
  await page.locator('.conflict').waitFor({ state: 'detached' });
  expect(await page.inputValue('#body')).toBe('Theirs again');
  await page.getByRole('button', { name: 'Throw this draft away' }).click();
  await page.waitForURL('**/drafts*');
  expect((await site.forum.call('GET', `/api/v1/post-drafts/${id}`, { token: mali.token })).status).toBe(404);
});

it('what was typed last is kept when the page is left', async () => {
  const { page } = await site.reader({ as: mali });
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto('/write');
  await page.fill('#title', 'Left at once');
  const id = await idIn(page);
  await page.goto('/about').catch(() => undefined);
  await page.goto('/drafts');
  await until(async () => {
    const { status } = await site.forum.call('GET', `/api/v1/post-drafts/${id}`, { token: mali.token });
    return status === 200;
  });
  expect((await reads(id)).title).toBe('Left at once');
});

it('a post that somebody changed meanwhile is not written over by an edit', async () => {
  const post = await site.forum.publish(mali, { title: 'Edited by two', body: 'Before' });
  const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
  await page.goto(`/posts/${post.slug}/edit`);
  await site.forum.done<Post>('PATCH', `/api/v1/posts/${post.id}`, { token: linh.token, body: { body: 'Theirs' } });
  await page.fill('#body', 'Mine');
  await page.click('button[value=publish]');
  expect(await page.locator('.conflict').textContent()).toContain('The post was changed while you wrote');
  const now = () => site.forum.done<Post>('GET', `/api/v1/posts/${post.id}`, { token: mali.token });
  expect((await now()).body).toBe('Theirs');
  await page.locator('.form > .buttons button[value=publish]').click();
  await page.waitForURL(`**/posts/${post.slug}?*`);
  expect((await now()).body).toBe('Mine');
});

it('changes of a post are kept unpublished beside it', async () => {
  const post = await site.forum.publish(mali, { title: 'With changes', body: 'Before' });
  const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
  await page.goto(`/posts/${post.slug}/edit`);
  await page.fill('#body', 'After');
  await page.click('button[value=draft]');
  await page.goto(`/write/${post.id}`);
  expect(await page.inputValue('#body')).toBe('After');
  expect(await page.textContent('[data-kept-line]')).toContain('Unpublished changes');
  expect((await site.forum.done<Post>('GET', `/api/v1/posts/${post.id}`)).body).toBe('Before');
  await page.locator('.form > .buttons button[value=publish]').click();
  await page.waitForURL(`**/posts/${post.slug}?*`);
  expect((await site.forum.done<Post>('GET', `/api/v1/posts/${post.id}`)).body).toBe('After');
});

it('the text as readers see it stands beside the form, and below it where there is no room', async () => {
  const { page } = await site.reader({ as: mali });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/write');
  await page.fill('#body', 'Some *words*.');
  await page.locator('#preview em').waitFor();
  const [form, preview] = await Promise.all(['.form', '#preview'].map((part) => page.locator(part).boundingBox()));
  expect(preview?.x).toBeGreaterThan((form?.x ?? 0) + (form?.width ?? 0));
  await page.setViewportSize({ width: 360, height: 800 });
  await page.locator('#preview').waitFor({ state: 'hidden' });
  await page.click('button[value=preview]');
  await page.locator('#preview').waitFor();
  expect(await page.getAttribute('button[value=preview]', 'aria-expanded')).toBe('true');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

it('what became of a long text is told in sight of its end on a phone, and the preview follows whoever writes it', async () => {
  const { page } = await site.reader({ as: mali });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/write');
  await page.fill('#title', 'A long one');
  await page.fill('#body', Array.from({ length: 80 }, (_, n) => `Line ${n} of it.`).join('\n\n'));
  await page.getByText(/^Draft kept at/).waitFor();
  const line = page.locator('[data-kept-line]');
  const sight = await line.evaluate((part) => {
    const { top, bottom } = part.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight && part.previousElementSibling?.querySelector('#body') !== null;
  });
  expect(sight).toBe(true);

  await page.setViewportSize({ width: 1440, height: 900 });
  await page.locator('#preview').getByText('Line 79 of it.').waitFor();
  const isSeen = (text: string): Promise<boolean> =>
    page
      .locator('#preview')
      .getByText(text)
      .evaluate((part) => {
        const { top, bottom } = part.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
  await page.focus('#body');
  await page.keyboard.press('Control+End');
  await until(() => isSeen('Line 79 of it.'));
  await page.keyboard.press('Control+Home');
  await until(() => isSeen('Line 0 of it.'));
});

it('the buttons of the list of drafts are as large as a finger and stand apart on a phone', async () => {
  const member = await site.forum.member('ploy', ['editor']);
  await keeps(member, newId(), { title: 'One of two', body: 'Begun' });
  const post = await site.forum.publish(member, { title: 'To be talked of', body: 'A line.' });
  const draft = { postId: post.id, body: 'A comment that was begun' };
  await site.forum.done('PUT', '/api/v1/members/me/drafts', { token: member.token, body: draft });
  for (const locale of ['en', 'vi', 'my']) {
    await site.forum.done('PATCH', '/api/v1/members/me', { token: member.token, body: { locale } });
    const { page, context } = await site.reader({ as: member, viewport: { width: 360, height: 740 }, hasTouch: true });
    await page.goto('/drafts');
    const boxes = await page.locator('main .button').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { left, right, top, bottom } = button.getBoundingClientRect();
        return { left, right, top, bottom };
      }),
    );
    expect(boxes.length).toBeGreaterThan(5);
    const apart = (one: (typeof boxes)[number], other: (typeof boxes)[number]): number =>
      Math.max(one.left - other.right, other.left - one.right, one.top - other.bottom, other.top - one.bottom);
    const gaps = boxes.flatMap((one, at) => boxes.slice(at + 1).map((other) => apart(one, other)));
    expect([Math.min(...boxes.map(({ top, bottom }) => bottom - top)) >= 44, Math.min(...gaps) >= 8]).toEqual([
      true,
      true,
    ]);
    await context.close();
  }
});

it('across a change of the clock a post is for a time that exists, and of two the writer says which', async () => {
  const admin = await site.forum.admin();
  const zone = (timeZone: string) =>
    site.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { timeZone } });
  await zone('Europe/Berlin');
  const { page } = await site.reader({ as: mali, javaScriptEnabled: false });
  await page.goto('/write');
  await page.fill('#title', 'At night');
  await page.fill('#body', 'Some text.');
  await page.check('[name=when][value=later]');
  // The last Sundays of March and October.
  await page.fill('#publishAt', '2099-03-29T02:30');
  await page.click('button[value=publish]');
  expect(await page.textContent('#publishAt-error')).toContain('does not exist');
  await page.fill('#publishAt', '2099-10-25T02:30');
  await page.click('button[value=publish]');
  expect(await page.textContent('#publishAt-error')).toContain('twice');
  await page.getByLabel('The second time (UTC+1)').check();
  await page.click('button[value=publish]');
  await page.waitForURL('**/posts/at-night*');
  const post = await site.forum.done<Post>('GET', '/api/v1/posts/at-night', { token: mali.token });
  await page.goto('/posts/at-night/edit');
  expect(await page.textContent('#publishAt-hint')).toContain('2099-10-25 01:30 UTC');
  await page.click('.form > .buttons button[value=publish]');
  await page.waitForURL('**/posts/at-night?*');
  const again = await site.forum.done<Post>('GET', '/api/v1/posts/at-night', { token: mali.token });
  await zone('UTC');
  expect([post.publishedAt, again.publishedAt]).toEqual(['2099-10-25T01:30:00.000Z', '2099-10-25T01:30:00.000Z']);
});
