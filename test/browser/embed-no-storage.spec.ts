import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Draft, Page as ListPage } from '../../libs/client/index.ts';
import { until } from '../support/until.ts';
import { BlogInBrowser } from './blog-in-browser.ts';

/** What a page asks first about the drafts that the forum keeps. */
const DRAFTS_ASKED = /\/members\/me\/drafts\?/;
let blog: BlogInBrowser;

beforeAll(async () => {
  blog = await BlogInBrowser.open();
}, 60_000);
afterEach(() => blog.leave());
afterAll(() => BlogInBrowser.close(blog));

const fill = (text: string) => blog.inFrame().locator('#new-comment').fill(text);
const isWritten = (text: string) => blog.inFrame().locator('.comment:not(.on-its-way)', { hasText: text }).waitFor();
const hide = async (): Promise<void> =>
  (await blog.framed()).evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
const keepsOlder = (older: { postId: string; commentId?: string; body: string }): Promise<unknown> =>
  blog.sites.forum.done('PUT', '/api/v1/members/me/drafts', {
    token: blog.somchai.token,
    body: { parentId: null, commentId: null, over: null, ...older },
  });
const kept = async (): Promise<readonly string[]> =>
  (
    await blog.sites.forum.done<ListPage<Draft>>('GET', '/api/v1/members/me/drafts', { token: blog.somchai.token })
  ).items.map(({ body }) => body);

describe('a text in a frame, where the browser gives it no storage,', () => {
  beforeEach(async () => {
    await blog.reader();
    await blog.denyStorage();
  });

  it('is one text, and no other device’s', async () => {
    await blog.page.goto(blog.hostPage('/no-storage'));
    await blog.signInByHand();
    await blog.live();
    await blog.inFrame().locator('#new-comment').focus();
    await blog.inFrame().locator('#comment-form [role=toolbar]').waitFor();
    await fill('One');
    await until(async () => (await kept()).includes('One'));
    await fill('One and more');
    await hide();
    await until(async () => (await kept()).includes('One and more'));
    expect(await blog.inFrame().locator('.composing-newer').count()).toBe(0);
    await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
    await isWritten('One and more');
    expect(await kept()).toEqual([]);
  });

  it('is kept before it is sent, beside an older one that then is back', async () => {
    await blog.page.goto(blog.hostPage('/older'));
    await blog.signInByHand();
    await blog.live();
    const { id } = await blog.discussionOn('/older');
    await keepsOlder({ postId: id, body: 'An older one' });
    const release = blog.sites.hold(DRAFTS_ASKED);
    await blog.inFrame().locator('#new-comment').focus();
    await blog.page.keyboard.type('Typed since');
    release();
    await blog.inFrame().locator('.composing-newer').getByText('An older text of yours is kept here.').waitFor();
    await until(async () => (await kept()).join() === 'Typed since\n\n---\n\nAn older one');
    await blog.inFrame().locator('.composing-newer').getByText('An older one').waitFor();
    await blog.inFrame().getByRole('button', { name: 'Take it' }).click();
    expect(await blog.inFrame().locator('#new-comment').inputValue()).toBe('An older one');
    await hide();
    await until(async () => (await kept()).join() === 'An older one');

    await blog.page.reload();
    await blog.writesAs('somchai');
    await blog.live();
    const asked = blog.sites.hold(DRAFTS_ASKED);
    await blog.inFrame().locator('#new-comment').focus();
    await blog.page.keyboard.type('Sent now');
    asked();
    await blog.inFrame().locator('.composing-newer').waitFor();
    await blog.inFrame().getByRole('button', { name: 'Post comment' }).click();
    await isWritten('Sent now');
    await until(async () => (await kept()).join() === 'An older one');
  });

  it('leaves an older one where it is until its writer chose', async () => {
    await blog.page.goto(blog.hostPage('/not-chosen'));
    await blog.signInByHand();
    await blog.live();
    const { id } = await blog.discussionOn('/not-chosen');
    const here = async (): Promise<string> =>
      (
        await blog.sites.forum.done<ListPage<Draft>>('GET', `/api/v1/members/me/drafts?postId=${id}`, {
          token: blog.somchai.token,
        })
      ).items
        .map(({ body }) => body)
        .join();
    await keepsOlder({ postId: id, body: 'Of yesterday' });
    const release = blog.sites.hold(DRAFTS_ASKED);
    const field = blog.inFrame().locator('#new-comment');
    await field.focus();
    await blog.page.keyboard.type('Of today');
    release();
    await blog.inFrame().locator('.composing-newer').getByText('Of yesterday').waitFor();
    await hide();
    await until(async () => (await here()) === 'Of today\n\n---\n\nOf yesterday');
    await field.fill('');
    await hide();
    await until(async () => (await here()) === 'Of yesterday');
    await field.fill('Of tonight');
    await hide();
    await until(async () => (await here()) === 'Of tonight\n\n---\n\nOf yesterday');

    // Nothing was chosen, and the page is gone.
    await blog.page.reload();
    await blog.writesAs('somchai');
    await blog.live();
    await field.focus();
    await blog.inFrame().locator('#comment-form [role=toolbar]').waitFor();
    await until(async () => (await field.inputValue()) === 'Of tonight\n\n---\n\nOf yesterday');
    await field.fill('Of tonight');
    await hide();
    await until(async () => (await here()) === 'Of tonight');
  });

  it('is told as kept nowhere, and leaving asks, where neither browser nor forum keeps it with the older one', async () => {
    const url = blog.hostPage('/too-long');
    const { id } = await blog.discussionOn(new URL(url).pathname);
    const older = 'o'.repeat(6_000);
    await keepsOlder({ postId: id, body: older });
    await blog.page.goto(url);
    await blog.signInByHand();
    await blog.live();
    const release = blog.sites.hold(DRAFTS_ASKED);
    const field = blog.inFrame().locator('#new-comment');
    await field.focus();
    await blog.page.keyboard.type('Typed since');
    await fill(`Typed since ${'t'.repeat(5_000)}`);
    release();
    const told = blog.inFrame().getByRole('status').filter({ hasText: 'This text is kept nowhere yet.' });
    await told.waitFor();
    const asked: string[] = [];
    blog.page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.accept();
    });
    await blog.page.reload();
    expect(asked).toEqual(['beforeunload']);
    await blog.writesAs('somchai');
    await blog.live();
    expect((await kept()).includes(older)).toBe(true);
    await field.focus();
    await until(async () => (await field.inputValue()) === older);
    await fill('Short again');
    await hide();
    await until(async () => (await kept()).includes('Short again'));
    expect(await told.count()).toBe(0);
    await blog.page.reload();
    expect(asked).toEqual(['beforeunload']);
  });

  it('is not kept above an older one that begins with it', async () => {
    const url = blog.hostPage('/stacked');
    const { id } = await blog.discussionOn(new URL(url).pathname);
    await keepsOlder({ postId: id, body: 'Two\n\n---\n\nOne' });
    await blog.page.goto(url);
    await blog.signInByHand();
    await blog.live();
    const release = blog.sites.hold(DRAFTS_ASKED);
    await blog.inFrame().locator('#new-comment').focus();
    await blog.page.keyboard.type('Two');
    release();
    await blog.inFrame().locator('.composing-newer').waitFor();
    await fill('Two and more');
    await hide();
    await until(async () => (await kept()).some((body) => body.startsWith('Two and more')));
    expect(await kept()).toContain('Two and more\n\n---\n\nOne');
  });

  it('is an edit that no draft of it takes the place of unasked', async () => {
    const url = blog.hostPage('/edited');
    const { id: postId } = await blog.discussionOn(new URL(url).pathname);
    const { id: commentId } = await blog.sites.forum.comment(blog.somchai, postId, { body: 'My words' });
    await keepsOlder({ postId, commentId, body: 'My words of yesterday' });
    await blog.page.goto(url);
    await blog.signInByHand();
    await blog.live();
    const release = blog.sites.hold(DRAFTS_ASKED);
    await blog.inFrame().locator(`#comment-${commentId} [data-action=edit]`).click();
    const field = blog.inFrame().locator(`#edit-${commentId}`);
    await field.fill('My words of today');
    release();
    await blog.inFrame().locator('.composing-newer').getByText('My words of yesterday').waitFor();
    expect(await field.inputValue()).toBe('My words of today');
  });
});
