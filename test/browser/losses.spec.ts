import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Comment, Draft, Post } from '../../libs/client/index.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { until } from '../support/until.ts';
import { CuttableLine } from './cuttable-line.ts';
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

    // The preview in its form has the same text before the forum has it.
    const { token } = keo;
    const stored = () => site.forum.done<Comment>('GET', `/api/v1/comments/${own.id}`, { token });
    await until(async () => (await stored()).body === 'As it is now');
  }, 60_000);
});

describe('a text that is not sent yet', () => {
  let post: Post;
  let own: Comment;
  let nu: TestMember;
  let line: CuttableLine;

  beforeAll(async () => {
    nu = await site.forum.member('nupha');
  });
  beforeEach(async () => {
    post = await site.forum.publish(editor);
    own = await site.forum.comment(nu, post.id, { body: 'As it was' });
    line = await CuttableLine.to(Number(new URL(site.forum.url).port));
  });
  afterEach(() => line.close());

  const stored = () => site.forum.done<Comment>('GET', `/api/v1/comments/${own.id}`, { token: nu.token });
  /** Of the comment itself: the preview in its form has the same text while it is typed. */
  const body = (page: Page, text: string) =>
    page.locator(`#comment-${own.id} .body:not(.composing-preview *)`, { hasText: text });
  const save = (page: Page) => page.click(`form:has(#edit-${own.id}) button[type=submit]`);

  async function opened(): Promise<Page> {
    const { page } = await site.reader({ as: nu, url: line.url });
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    return page;
  }

  async function edited(text: string): Promise<Page> {
    const page = await opened();
    await page.click(`#comment-${own.id} [data-action=edit]`);
    await page.fill(`#edit-${own.id}`, text);
    return page;
  }

  const keptDrafts = async (): Promise<readonly Draft[]> =>
    (
      await site.forum.done<{ items: readonly Draft[] }>('GET', `/api/v1/members/me/drafts?postId=${post.id}`, {
        token: nu.token,
      })
    ).items;

  /** Also when the page is left and opened anew. */
  async function fieldAfterReload(page: Page, field: string): Promise<string> {
    await page.goto('/');
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    return page.inputValue(field);
  }

  it('is an edit saved without a connection: it says that it waits, and is sent once when there is one', async () => {
    const page = await edited('As it is now');
    line.cut();
    await page.locator('.connection').waitFor();

    await save(page);
    await page.locator('.composer .delivery', { hasText: 'It is sent once you are back' }).waitFor();
    line.mend();
    await body(page, 'As it is now').waitFor();
    await page.locator(`#edit-${own.id}`).waitFor({ state: 'detached' });

    expect(await stored()).toMatchObject({ body: 'As it is now', revision: own.revision + 1 });
    await page.reload();
    await live(page);
    expect(await page.locator(`#edit-${own.id}`).count()).toBe(0);
    expect(await stored()).toMatchObject({ revision: own.revision + 1 });
  }, 60_000);

  it('is an edit whose answer was lost: sent again it is found there, and is done', async () => {
    const page = await edited('Arrived unheard');
    let lost = 0;
    // It stays: a route that is taken away while the page sends again may keep that request for ever.
    await page.route('**/api/v1/comments/*', async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort();
    });

    await save(page);
    await body(page, 'Arrived unheard').waitFor();
    await page.locator(`#edit-${own.id}`).waitFor({ state: 'detached' });

    expect(lost).toBe(1);
    expect(await stored()).toMatchObject({ body: 'Arrived unheard', revision: own.revision + 1 });
  }, 60_000);

  it('is an edit whose request never ends: it is sent again over the next connection, once', async () => {
    const page = await edited('Sent over the next');
    let held = 0;
    await page.route('**/api/v1/comments/*', async (route) => {
      held += 1;
      if (held > 1) await route.continue();
    });
    const sent = page.waitForRequest((request) => request.method() === 'PATCH');

    await save(page);
    await sent;
    line.cut();
    await page.locator('.connection').waitFor();
    line.mend();
    await page.locator(`#edit-${own.id}`).waitFor({ state: 'detached' });

    expect(await stored()).toMatchObject({ body: 'Sent over the next', revision: own.revision + 1 });
  }, 60_000);

  it('is an edit saved without a connection by a page that went: it is sent by the next one', async () => {
    const page = await edited('Sent by the next page');
    line.cut();
    await page.locator('.connection').waitFor();
    await save(page);
    await page.locator('.composer .delivery').waitFor();

    await page.goto('about:blank');
    line.mend();
    await page.goto(`/posts/${post.slug}`);
    await body(page, 'Sent by the next page').waitFor();
    await page.locator(`#edit-${own.id}`).waitFor({ state: 'detached' });

    expect(await stored()).toMatchObject({ body: 'Sent by the next page', revision: own.revision + 1 });
  }, 60_000);

  it('is an edit that was typed: its form is open again with it until it is cancelled', async () => {
    const page = await edited('Half a thou');

    expect(await fieldAfterReload(page, `#edit-${own.id}`)).toBe('Half a thou');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    // With the keyboard in the field come the helps for writing, which tell the forum, too.
    await page.focus(`#edit-${own.id}`);
    await page.locator(`form:has(#edit-${own.id}) .composing-preview`).waitFor({ state: 'attached' });
    await until(async () => (await keptDrafts()).length === 1);
    await page.click(`form:has(#edit-${own.id}) a.button`);
    await until(async () => (await keptDrafts()).length === 0);
    await page.reload();
    await live(page);

    expect(await page.locator(`#edit-${own.id}`).count()).toBe(0);
    await page.click(`#comment-${own.id} [data-action=edit]`);
    await page.waitForFunction((id) => document.querySelector<HTMLTextAreaElement>(id)?.value, `#edit-${own.id}`);
    expect(await page.inputValue(`#edit-${own.id}`)).toBe('As it was');
  }, 60_000);

  it('is an edit of what was changed elsewhere meanwhile: that is said, the newest stands above, and the next save replaces it', async () => {
    const page = await edited('My version');
    await page.goto('/');
    await site.forum.done('PATCH', `/api/v1/comments/${own.id}`, {
      token: nu.token,
      body: { body: 'Changed elsewhere', revision: own.revision },
    });

    expect(await fieldAfterReload(page, `#edit-${own.id}`)).toBe('My version');
    await page.locator('.composer .field-error', { hasText: 'changed elsewhere in the meantime' }).waitFor();
    await body(page, 'Changed elsewhere').waitFor();
    await save(page);
    await body(page, 'My version').waitFor();
    await page.locator(`#edit-${own.id}`).waitFor({ state: 'detached' });

    expect(await stored()).toMatchObject({ body: 'My version', revision: own.revision + 2 });
  }, 60_000);

  it('is an answer that was typed: its form is open again with it until it is cancelled', async () => {
    const page = await opened();
    await page.click(`#comment-${own.id} [data-action=answer]`);
    await page.fill('#answer textarea', 'Half an answer');

    expect(await fieldAfterReload(page, '#answer textarea')).toBe('Half an answer');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
    await page.click('#answer a.button');
    await page.reload();
    await live(page);

    expect(await page.locator('#answer').count()).toBe(0);
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
    await page.locator(`#comment-${first.id} > details:not([open])`).waitFor();
    await page.locator(`#comment-${first.id} > details > summary > .fold`).click();
    await page.waitForFunction(() => localStorage.getItem('colloquy:folded') === '[]');
    await opened();
    expect(await isOpen()).toEqual([true, true]);
  }, 60_000);
});
