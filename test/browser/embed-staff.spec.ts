import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Frame, Page } from 'playwright-core';
import type { Comment, Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { denyStorage } from './deny-storage.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

let sites: TwoSites;
let browser: Browser;
let page: Page;
let reader: TestMember;
let post: Post;
let host: string;
let comments: Comment[];

beforeAll(async () => {
  sites = await startTwoSites((site) => ({ EMBED_ORIGINS: site('blog.test') }));
  browser = await launchBrowser(FINDS_SITES);
  host = `${sites.site('blog.test')}/peace`;
  await sites.forum.admin();
  await sites.forum.member('kosal', ['moderator']);
  reader = await sites.forum.member('somchai');
  post = await sites.forum.done('PUT', '/api/v1/pages', { body: { url: host, title: 'Peace' } });
  comments = [];
  for (let n = 0; n < 20; n += 1)
    comments.push(await sites.forum.comment(reader, post.id, { body: `Comment ${n} of many` }));
  const script = `<script async src="${sites.origin}/embed.js"></script>`;
  const html = `<!doctype html><html lang="en"><title>Peace</title><h1>Peace</h1><div style="height:500px"></div>${script}</html>`;
  sites.pages.set('blog.test/peace', { html });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(host);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

/** The frame, once it is live. */
async function frameOf(around: Page): Promise<Frame> {
  await around.locator('colloquy-discussion iframe').scrollIntoViewIfNeeded();
  await around.frameLocator('iframe').locator('#thread[data-connection="live"]').waitFor();
  const frame = around.frames().find((one) => one.url().includes('/embed?'));
  if (!frame) throw new Error('there is no frame');
  return frame;
}

const idOf = (n: number): string => comments[n]?.id ?? '';
const statusOf = async (n: number): Promise<string> => {
  const { token } = await sites.forum.admin();
  return (await sites.forum.done<Comment>('GET', `/api/v1/comments/${idOf(n)}`, { token })).status;
};

async function report(n: number): Promise<void> {
  const { token } = await sites.forum.admin();
  await sites.forum.done('POST', `/api/v1/comments/${idOf(n)}/reports`, { token, body: { reason: 'spam' } });
}

async function signsIn(): Promise<Frame> {
  const link = (await frameOf(page)).getByRole('link', { name: 'Sign in to comment' });
  const [window] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await window.getByLabel('Handle or e-mail').fill('kosal');
  await window.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await window.getByRole('button', { name: 'Sign in', exact: true }).click();
  const closed = window.waitForEvent('close');
  await window.getByRole('button', { name: 'Continue as Name of kosal' }).click();
  await closed;
  await page.frameLocator('iframe').getByText('You write as Name of kosal').waitFor();
  return frameOf(page);
}

it('is moderated in its frame as in the forum: held, removed, undone, pinned and answered', async () => {
  let frame = await signsIn();
  const decide = async (n: number, action: string): Promise<void> => {
    const comment = frame.locator(`#comment-${idOf(n)}`);
    await comment.locator('> article [data-action=moderate]').click();
    if (action === 'remove') await comment.locator('.moderate input[value=spam]').check();
    await comment.locator(`.moderate button[value=${action}]:enabled`).click();
    await comment.locator('.decided-here').waitFor();
  };
  await decide(0, 'hold');
  expect(await statusOf(0)).toBe('held');
  await decide(1, 'remove');
  expect(await statusOf(1)).toBe('removed');
  await frame.locator('.decided-here').getByRole('button', { name: 'Undo' }).click();
  await frame.locator(`#comment-${idOf(1)}`, { hasText: 'Comment 1 of many' }).waitFor();
  await decide(2, 'remove');

  const actions = frame.locator(`#comment-${idOf(5)} > article .actions`);
  await actions.locator('.more > summary').click();
  await actions.getByRole('button', { name: 'Pin', exact: true }).click();
  await page
    .frameLocator('iframe')
    .locator(`#comment-${idOf(5)} button[name=pinned][value="0"]`)
    .waitFor({ state: 'attached' });
  frame = await frameOf(page);
  const { discussion } = await sites.forum.done<Post>('GET', `/api/v1/posts/${post.id}`);
  expect(discussion.pinnedCommentId).toBe(idOf(5));

  await frame.locator(`#comment-${idOf(6)} > article [data-action=answer]`).click();
  await frame.locator(`#answer-${idOf(6)}`).fill('An answer of the staff');
  await frame.getByRole('button', { name: 'Post answer' }).click();
  await frame.locator('.comment:not(.on-its-way)', { hasText: 'An answer of the staff' }).last().waitFor();
});

it('asks before a note of a decision is left, where the browser gives frames no storage, and its form may come late', async () => {
  await report(8);
  const other = await page.context().newPage();
  await other.addInitScript(denyStorage);
  const begun = Promise.withResolvers<void>();
  await other.route(`**/moderation/cases/${idOf(8)}`, (route) => begun.promise.then(() => route.continue()));
  await other.goto(host);
  const frame = await frameOf(other);
  const comment = frame.locator(`#comment-${idOf(8)}`);
  await comment.locator('> article [data-action=moderate]').click();
  await comment.locator('.moderate input[value=off-topic]').check();
  await comment.locator('.moderate textarea').focus();
  await other.keyboard.type('A ');
  begun.resolve();
  await comment.locator('.moderate .hint:not(:empty)').waitFor();
  await other.keyboard.type('note');
  expect(await comment.locator('.moderate textarea').inputValue()).toBe('A note');
  expect(await comment.locator('.moderate input:checked').inputValue()).toBe('off-topic');
  const asked: string[] = [];
  other.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await other.goto('about:blank');
  expect(asked).toEqual(['beforeunload']);
  await other.close();
});

it('is known at the desk by its page, and opened there, at the comment itself', async () => {
  await report(15);
  const desk = await page.context().newPage();
  desk.setDefaultTimeout(PATIENCE_MS);
  await desk.goto(`${sites.origin}/moderation/queue?list=reported`);
  await desk.getByText('Comment 15 of many').first().waitFor();
  await desk.goto(`${sites.origin}/moderation/cases/${idOf(15)}`);
  const there = desk.getByRole('link', { name: /^Read on blog\.test/ });
  expect(await there.getAttribute('href')).toBe(`${host}#comment-${idOf(15)}`);
  await there.click();
  await desk.waitForURL(`${host}#comment-${idOf(15)}`);
  const frame = await frameOf(desk);
  await desk.waitForFunction(() => scrollY > 1_000);
  const top = await frame.evaluate(
    (id) => document.getElementById(id)?.getBoundingClientRect().top ?? 0,
    `comment-${idOf(15)}`,
  );
  const above = await desk.evaluate(() => document.querySelector('iframe')?.getBoundingClientRect().top ?? 0);
  expect(Math.abs(above + top)).toBeLessThan(100);
});
