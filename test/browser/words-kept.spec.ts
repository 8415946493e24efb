import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Comment, Draft, Page as ListPage, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { until } from '../support/until.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;
let admin: TestMember;
let editor: TestMember;
let keo: TestMember;
let linh: TestMember;
let moderator: TestMember;
let post: Post;
let question: Comment;
let page: Page;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  admin = await site.forum.admin();
  editor = await site.forum.member('mali', ['editor']);
  keo = await site.forum.member('keo');
  linh = await site.forum.member('linh');
  moderator = await site.forum.member('sothea', ['moderator']);
}, 60_000);
afterAll(() => ForumInBrowser.close(site));
beforeEach(async () => {
  post = await site.forum.publish(editor, { title: 'Closed while somebody writes' });
  question = await site.forum.comment(editor, post.id, { body: 'A question' });
  ({ page } = await site.reader({ as: keo }));
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  await page.locator('.quiet-controls').waitFor();
});

const discussion = (state: 'open' | 'closed'): Promise<unknown> =>
  site.forum.done('PUT', `/api/v1/posts/${post.id}/discussion`, { token: admin.token, body: { state } });

async function answer(text: string): Promise<void> {
  await page.click(`#comment-${question.id} [data-action=answer]`);
  await page.fill('#answer textarea', text);
}

it('a comment and an answer stand where they were typed once the discussion is closed, to be copied, and go on when it opens', async () => {
  await page.fill('#new-comment', 'An hour of words');
  await answer('An answer of an hour');
  await discussion('closed');
  const left = page.locator('#thread textarea[readonly]');
  await left.nth(1).waitFor();
  expect(await left.evaluateAll((fields) => fields.map((field) => Reflect.get(field, 'value')))).toEqual([
    'An answer of an hour',
    'An hour of words',
  ]);
  expect(await page.getByText('This discussion was closed. Your text was not posted.').count()).toBe(2);
  expect(await page.getByRole('button', { name: /^Post/ }).count()).toBe(0);
  await discussion('open');
  await page.locator('#new-comment:not([readonly])').waitFor();
  expect(await page.inputValue('#new-comment')).toBe('An hour of words');
}, 60_000);

it('an answer stands where it was typed once the comment is removed', async () => {
  await answer('To what is gone');
  await site.forum.done('DELETE', `/api/v1/comments/${question.id}`, { token: editor.token });
  const left = page.locator(`#comment-${question.id} textarea[readonly]`);
  await left.waitFor();
  expect(await left.inputValue()).toBe('To what is gone');
  await page.getByText('The comment that you answer is no longer here.').waitFor();
}, 60_000);

async function decide({ id }: Comment, action: 'hold' | 'remove' | 'approve'): Promise<void> {
  const { token } = admin;
  const { revision } = await site.forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token });
  await site.forum.done('POST', `/api/v1/comments/${id}/decisions`, {
    token,
    body: { action, reason: 'spam', revision },
  });
}

it.each([false, true])(
  'an answer stands where it was typed while its comment is held, on the forum too (with answers: %s)',
  async (hasAnswers) => {
    if (hasAnswers) {
      await site.forum.comment(editor, post.id, { parentId: question.id, body: 'Said below' });
      await page.getByText('Said below', { exact: true }).waitFor();
    }
    await answer('To what is held');
    await decide(question, 'hold');
    const left = page.locator(`#answer-${question.id}[readonly]`);
    await left.waitFor();
    expect(await left.inputValue()).toBe('To what is held');
    await page.getByText('The comment that you answer is no longer here.').waitFor();
    await until(async () => (await drafts()).includes('To what is held'));
    await decide(question, 'approve');
    await page.locator(`#answer-${question.id}:not([readonly])`).waitFor();
    expect(await page.inputValue('#answer textarea')).toBe('To what is held');
  },
  60_000,
);

it('an answer to a comment below one that is held stands there too', async () => {
  const below = await site.forum.comment(editor, post.id, { parentId: question.id, body: 'Said below' });
  await page.click(`#comment-${below.id} [data-action=answer]`);
  await page.fill('#answer textarea', 'To what stood below');
  await decide(question, 'hold');
  const left = page.locator(`#answer-${below.id}[readonly]`);
  await left.waitFor();
  expect(await left.inputValue()).toBe('To what stood below');
}, 60_000);

describe.each(['report', 'moderate'] as const)('what is typed in a form (%s)', (form) => {
  const writer = (): TestMember => (form === 'report' ? keo : moderator);
  const other = (): TestMember => (form === 'report' ? linh : admin);

  async function noteOf(as: TestMember): Promise<Locator> {
    const cookie = { name: 'colloquy_session', value: as.token, url: site.forum.url };
    await page.context().addCookies([cookie]);
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    await page.locator('.quiet-controls').waitFor();
    await page.locator(`#comment-${question.id} > article [data-action=${form}]`).click();
    const note = page.locator(`#comment-${question.id} textarea[name=note]`);
    await note.waitFor();
    return note;
  }

  it('stands there once its comment is removed', async () => {
    const note = await noteOf(writer());
    await note.fill('Words of an hour');
    await site.forum.done('DELETE', `/api/v1/comments/${question.id}`, { token: editor.token });
    await page.locator(`#comment-${question.id} > article :is(.gone, .status.removed)`).waitFor();
    expect(await note.inputValue()).toBe('Words of an hour');
  }, 60_000);

  it('is there again later, for its writer alone', async () => {
    await (await noteOf(writer())).fill('Words of an hour');
    expect(await (await noteOf(other())).inputValue()).toBe('');
    expect(await (await noteOf(writer())).inputValue()).toBe('Words of an hour');
  }, 60_000);
});

it.each(['hold', 'remove'] as const)(
  'an edit stands where it was typed once its comment is decided on (%s), with the reason where it cannot be saved',
  async (action) => {
    const own = await site.forum.comment(keo, post.id, { body: 'My words' });
    await page.click(`#comment-${own.id} [data-action=edit]`);
    await page.fill(`#edit-${own.id}`, 'My words of an hour');
    await decide(own, action);
    if (action === 'remove') await page.locator(`#edit-${own.id}[readonly]`).waitFor();
    else await page.locator(`#comment-${own.id} .status.held`).waitFor();
    expect(await page.inputValue(`#edit-${own.id}`)).toBe('My words of an hour');
    if (action === 'remove') await page.getByText('The comment was removed in the meantime.').waitFor();
    await until(async () => (await drafts()).includes('My words of an hour'));
  },
  60_000,
);

it.each(['hold', 'remove'] as const)(
  'a page that is loaded anew leads to the answer whose comment is no longer there (%s)',
  async (action) => {
    await answer('To what went meanwhile');
    await until(async () => (await drafts()).includes('To what went meanwhile'));
    await page.goto('/archive');
    await decide(question, action);
    // What others did is shown a moment later.
    const isGone = ({ body, state }: Draft): boolean => body === 'To what went meanwhile' && state === 'gone';
    await until(async () => (await keptDrafts()).some(isGone));
    await page.goto(`/posts/${post.slug}`);
    await page.locator('#unsent-texts a[href="/drafts"]').click();
    await page.locator('.draft-text', { hasText: 'To what went meanwhile' }).first().waitFor();
  },
  60_000,
);

it('a comment of somebody who is banned meanwhile is told as refused, and stands there', async () => {
  await page.fill('#new-comment', 'Before the ban');
  await site.forum.done('POST', `/api/v1/members/${keo.member.id}/sanctions`, {
    token: admin.token,
    body: { kind: 'ban', reason: 'spam' },
  });
  await page.getByRole('button', { name: 'Post comment' }).click();
  await page.locator('.delivery.refused').getByText('Not sent.').waitFor();
  expect(await page.locator('.on-its-way .body').textContent()).toBe('Before the ban');
}, 60_000);

async function keptDrafts(): Promise<readonly Draft[]> {
  return (await site.forum.done<ListPage<Draft>>('GET', '/api/v1/members/me/drafts', { token: keo.token })).items;
}

async function drafts(): Promise<readonly string[]> {
  return (await keptDrafts()).map(({ body }) => body);
}
