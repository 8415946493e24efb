import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Comment, Post } from '../../libs/client/index.ts';
import { PASSWORD, type TestMember } from '../../libs/testing/forum-caller.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;
let editor: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  editor = await site.forum.member('mali', ['editor']);
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

describe('a comment whose session ended in another tab', () => {
  let post: Post;
  let question: Comment;
  let keo: TestMember;

  beforeAll(async () => {
    keo = await site.forum.member('keo');
    post = await site.forum.publish(editor, { title: 'Signed out' });
    question = await site.forum.comment(editor, post.id, { body: 'A question' });
  });

  /** Keo's page of the thread, to be left by a session of its own. */
  async function opened(): Promise<Page> {
    const session = await site.forum.signIn('keo');
    const { page } = await site.reader({ as: { ...keo, token: session.token } });
    await page.goto(`/posts/${post.slug}?sort=newest`);
    await live(page);
    await page.locator('.quiet-controls').waitFor();
    return page;
  }

  async function signOutBeside(page: Page): Promise<void> {
    const beside = await page.context().newPage();
    await beside.goto('/sign-out');
    await beside.locator('main button[type=submit]').click();
    await beside.waitForURL('**/');
    await beside.close();
  }

  async function refusedAnswer(text: string): Promise<Page> {
    const page = await opened();
    await signOutBeside(page);
    await page.click(`#comment-${question.id} [data-action=answer]`);
    await page.fill('#answer textarea', text);
    await page.click('#answer button[type=submit]');
    await page.locator('.delivery.refused').waitFor();
    return page;
  }

  const signIn = async (page: Page): Promise<void> => {
    await page.fill('#login', 'keo');
    await page.fill('#password', PASSWORD);
    await page.locator('main button[type=submit]').click();
  };

  const answers = async (): Promise<readonly (string | null)[]> =>
    (await site.forum.thread(post.id)).items.slice(1).map((comment) => comment.body);

  it('leads to signing in and back to its place, and is posted there once', async () => {
    const page = await refusedAnswer('Written after the end');

    await page.locator('.delivery.refused a').click();
    await signIn(page);
    await page.locator('#thread .comment:not(.on-its-way) > article > .body', { hasText: 'after the end' }).waitFor();

    const { pathname, searchParams, hash } = new URL(page.url());
    expect([pathname, searchParams.get('sort'), hash]).toEqual([
      `/posts/${post.slug}`,
      'newest',
      `#comment-${question.id}`,
    ]);
    expect(await answers()).toEqual(['Written after the end']);
  }, 60_000);

  it('is sent by another try once the member signed in beside it', async () => {
    const before = await answers();
    const page = await refusedAnswer('Tried again');

    const beside = await page.context().newPage();
    await beside.goto('/sign-in');
    await signIn(beside);
    await beside.waitForURL('**/');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.on-its-way').waitFor({ state: 'detached' });

    expect(await answers()).toEqual([...before, 'Tried again']);
  }, 60_000);

  it('keeps an edit in its form, which leads to signing in beside it and is saved then', async () => {
    const own = await site.forum.comment(keo, post.id, { body: 'As it was' });
    const page = await opened();
    await page.click(`#comment-${own.id} [data-action=edit]`);
    await page.fill(`#edit-${own.id}`, 'As it is now');
    await signOutBeside(page);

    await page.click(`form:has(#edit-${own.id}) button[type=submit]`);
    const beside = page.context().waitForEvent('page');
    await page.locator('.composer .field-error a').click();
    const signingIn = await beside;
    await signIn(signingIn);
    await signingIn.waitForURL(`**/posts/${post.slug}*`);
    expect(await page.inputValue(`#edit-${own.id}`)).toBe('As it is now');
    await page.click(`form:has(#edit-${own.id}) button[type=submit]`);
    await page.locator(`#comment-${own.id} .body`, { hasText: 'As it is now' }).waitFor();

    const { body } = await site.forum.done<Comment>('GET', `/api/v1/comments/${own.id}`, { token: keo.token });
    expect(body).toBe('As it is now');
  }, 60_000);
});

describe('a folded branch', () => {
  it('stays folded over a reload, also once its comment is touched, and opens for an address that names what is in it', async () => {
    const post = await site.forum.publish(editor, { title: 'Folded' });
    const [first, second] = [await site.forum.comment(editor, post.id), await site.forum.comment(editor, post.id)];
    const answer = await site.forum.comment(editor, post.id, { parentId: first.id, body: 'In the first' });
    await site.forum.comment(editor, post.id, { parentId: second.id, body: 'In the second' });
    const { page } = await site.reader({ as: editor });
    const isOpen = () =>
      page.evaluate(
        (ids) => ids.map((id) => document.querySelector<HTMLDetailsElement>(`#comment-${id} > details`)?.open),
        [first.id, second.id],
      );
    const opened = async (hash = '') => {
      await page.goto('/');
      await page.goto(`/posts/${post.slug}${hash}`);
      await live(page);
      await page.locator('.quiet-controls').waitFor();
    };

    await opened();
    await page.locator(`#comment-${first.id} > details > summary > .fold`).click();
    await page.waitForFunction(() => localStorage.getItem('colloquy:folded') !== null);
    await opened();
    expect(await isOpen()).toEqual([false, true]);
    await page.locator(`#comment-${first.id} > article [data-action=react]`).click();
    await page.locator('.reaction-form').waitFor();
    expect(await isOpen()).toEqual([false, true]);

    await opened(`#comment-${answer.id}`);
    expect(await isOpen()).toEqual([true, true]);

    await opened();
    await page.locator(`#comment-${first.id} > details > summary > .fold`).click();
    await page.waitForFunction(() => localStorage.getItem('colloquy:folded') === '[]');
    await opened();
    expect(await isOpen()).toEqual([true, true]);
  }, 60_000);
});
