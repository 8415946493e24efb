import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { commentTexts, ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;
let editor: TestMember;
let writer: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  editor = await site.forum.member('asking-editor', ['editor']);
  writer = await site.forum.member('answering');
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const does = (by: TestMember, method: string, path: string) =>
  site.forum.done(method, `/api/v1${path}`, { token: by.token });
const asking = async (title: string): Promise<Post> => {
  post = await site.forum.publish(editor, { title });
  await does(editor, 'PUT', `/posts/${post.id}/asking`);
  return post;
};
const badges = (page: Page, { id }: Comment) => page.locator(`#comment-${id} > article .badge.accepted`);

describe('an accepted answer', () => {
  it('appears to those who read, with the way to it, and goes with its comment', async () => {
    await asking('Why is it so?');
    const comment = await site.forum.comment(writer, post.id, { body: 'Because of the rain.' });
    const { page, context, complaints } = await site.reader();
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    expect(await page.locator('.answered').count()).toBe(0);
    await does(editor, 'PUT', `/comments/${comment.id}/accepted`);
    await badges(page, comment).waitFor();
    expect(await page.locator('.answered').textContent()).toBe('Answer by Name of answering Go to the answer');
    await page.getByRole('link', { name: 'Go to the answer' }).click();
    await page.waitForURL((url) => url.hash === `#comment-${comment.id}`);
    await does(writer, 'DELETE', `/comments/${comment.id}`);
    await page.locator('.answered').waitFor({ state: 'detached' });
    expect(await badges(page, comment).count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each([true, false])('is chosen with a press, and taken back; a script: %s', async (script) => {
    await asking(`Chosen, ${script}`);
    const comment = await site.forum.comment(writer, post.id);
    const { page, context } = await site.reader({ as: editor, javaScriptEnabled: script });
    await page.goto(`/posts/${post.slug}`);
    await page.getByRole('button', { name: 'Accept as the answer' }).click();
    const told = page.locator(`#comment-${comment.id} > article > [role=status]:focus`);
    await told.waitFor();
    expect(await told.textContent()).toBe('The comment is now the accepted answer.');
    await page.getByRole('button', { name: 'No longer the answer' }).click();
    await page.getByText('The comment is no longer the accepted answer.').waitFor();
    await context.close();
  });

  it.each(['light', 'dark'] as const)(
    'is told to everybody on a phone, %s',
    async (colorScheme) => {
      await asking(`On a phone, ${colorScheme}`);
      const comment = await site.forum.comment(writer, post.id, { body: 'Because of the rain.' });
      await does(editor, 'PUT', `/comments/${comment.id}/accepted`);
      await does(editor, 'PUT', `/comments/${comment.id}/featured`);
      const viewport = { width: 360, height: 740 };
      const { page, context } = await site.reader({ as: editor, viewport, colorScheme, bypassCSP: true });
      for (const locale of ['en', 'vi', 'th', 'km', 'lo', 'my', 'zh']) {
        await site.forum.done('PATCH', '/api/v1/members/me', { token: editor.token, body: { locale } });
        for (const query of ['', '?only=featured']) {
          await page.goto(`/posts/${post.slug}${query}`);
          await live(page);
          expect({ locale, query, axe: await complaintsOfAxe(page), wide: await overhang(page) }).toEqual({
            ...{ locale, query },
            axe: [],
            wide: 0,
          });
        }
        if (process.env['LOOK']) await page.screenshot({ path: `${process.env['LOOK']}/${locale}-${colorScheme}.png` });
      }
      await context.close();
    },
    120_000,
  );
});

describe('featured comments', () => {
  it('are shown alone where a reader asks for these, and come and go while they are read', async () => {
    post = await site.forum.publish(editor, { title: 'Featured and not' });
    const root = await site.forum.comment(writer, post.id, { body: 'A root' });
    const answer = await site.forum.comment(writer, post.id, { parentId: root.id, body: 'A deep answer' });
    const other = await site.forum.comment(writer, post.id, { body: 'Another root' });
    await does(editor, 'PUT', `/comments/${other.id}/featured`);
    const { page, context, complaints } = await site.reader();
    await page.goto(`/posts/${post.slug}`);
    await page.getByRole('link', { name: /^Featured/ }).click();
    await live(page);
    expect(await commentTexts(page)).toEqual(['Another root']);
    await does(editor, 'PUT', `/comments/${answer.id}/featured`);
    await page.getByRole('button', { name: '1 new comment' }).click();
    await page.locator('.comment', { hasText: 'A deep answer' }).waitFor();
    expect(await commentTexts(page)).toEqual(['A deep answer', 'Another root']);
    await site.forum.comment(writer, post.id, { body: 'Nothing of note' });
    await does(editor, 'DELETE', `/comments/${other.id}/featured`);
    await page.locator('.comment', { hasText: 'Another root' }).waitFor({ state: 'detached' });
    expect(await commentTexts(page)).toEqual(['A deep answer']);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe('a day of a discussion', () => {
  it.each([true, false])('is gone to by the keyboard alone, on a phone; a script: %s', async (script) => {
    post = await site.forum.publish(editor, { title: `By day, ${script}` });
    const first = await site.forum.comment(writer, post.id, { body: 'The first one' });
    const viewport = { width: 360, height: 740 };
    const { page, context } = await site.reader({ viewport, javaScriptEnabled: script, bypassCSP: true });
    await page.goto(`/posts/${post.slug}`);
    await page.locator('.jump > summary').focus();
    await page.keyboard.press('Enter');
    const field = page.getByLabel('The first comment of this day');
    await field.waitFor();
    if (script) {
      expect(await complaintsOfAxe(page)).toEqual([]);
      expect(await overhang(page)).toBe(0);
    }
    if (process.env['LOOK'])
      await page.screenshot({ path: `${process.env['LOOK']}/jump-${script}.png`, fullPage: true });
    await field.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.hash === `#comment-${first.id}`);
    await context.close();
  });
});
