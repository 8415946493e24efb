import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page as BrowserPage } from 'playwright-core';
import type { Draft, Page, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { until } from '../support/until.ts';
import { complaintsOfAxe } from './axe.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;
let linh: TestMember;
let post: Post;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  const editor = await site.forum.admin();
  linh = await site.forum.member('linh');
  post = await site.forum.publish(editor, { title: 'A post', body: 'A line.' });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const FIELD = '#new-comment';
const DRAFTS = '/api/v1/members/me/drafts';
const keptBy = async ({ token }: TestMember): Promise<readonly string[]> =>
  (await site.forum.done<Page<Draft>>('GET', DRAFTS, { token })).items.map(({ body }) => body);
const kept = (): Promise<readonly string[]> => keptBy(linh);

async function device() {
  const reader = await site.reader({ as: linh });
  await reader.page.clock.install();
  await reader.page.goto(`/posts/${post.slug}`);
  await live(reader.page);
  return reader;
}

/** The time that lies between two keepings of a text passes. */
const untilKeptAgain = (page: BrowserPage): Promise<void> => page.clock.fastForward(15_000);

async function writes(page: BrowserPage, text: string): Promise<void> {
  await page.focus(FIELD);
  await page.locator('#comment-form [role=toolbar]').waitFor();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(text);
}

it('a text that was begun on one device stands on the other, and is gone from both once it is sent', async () => {
  const phone = await device();
  await writes(phone.page, 'Begun on the phone');
  await until(async () => (await kept()).includes('Begun on the phone'));
  const laptop = await device();
  await laptop.page.focus(FIELD);
  await until(async () => (await laptop.page.inputValue(FIELD)) === 'Begun on the phone');
  await laptop.page.keyboard.press('Control+Enter');
  await until(async () => (await kept()).length === 0);
  expect([...phone.complaints, ...laptop.complaints]).toEqual([]);
});

it('a newer text of another device is offered, and replaces nothing unasked', async () => {
  const phone = await device();
  await writes(phone.page, 'One');
  await until(async () => (await kept()).includes('One'));
  const [{ position } = { position: '' }] = (await site.forum.done<Page<Draft>>('GET', DRAFTS, { token: linh.token }))
    .items;
  const wish = { postId: post.id, body: 'Two, from elsewhere', over: position };
  await site.forum.done('PUT', DRAFTS, { token: linh.token, body: wish });
  await phone.page.keyboard.type(' and more');
  await untilKeptAgain(phone.page);
  await phone.page.locator('.composing-newer').waitFor();
  expect(await phone.page.inputValue(FIELD)).toBe('One and more');
  expect(await complaintsOfAxe(phone.page)).toEqual([]);
  expect(await kept()).toEqual(['Two, from elsewhere']);
  await phone.page.click('.composing-newer .button.quiet');
  await untilKeptAgain(phone.page);
  await until(async () => (await kept()).includes('One and more'));
  expect(await phone.page.inputValue(FIELD)).toBe('One and more');
});

it('a taken text gives back the one that stood in its place, and is kept with its last lines', async () => {
  const hai = await site.forum.member('hai');
  const { page } = await site.reader({ as: hai });
  await page.clock.install();
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  await writes(page, 'Mine\n\n');
  await until(async () => (await keptBy(hai)).includes('Mine\n\n'));
  const { items } = await site.forum.done<Page<Draft>>('GET', DRAFTS, { token: hai.token });
  const wish = { postId: post.id, body: 'Theirs', over: items[0]?.position };
  await site.forum.done('PUT', DRAFTS, { token: hai.token, body: wish });
  await page.keyboard.type('and more');
  await untilKeptAgain(page);
  const offer = page.locator('.composing-newer');
  await offer.getByText('Theirs', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Take it' }).click();
  expect(await page.inputValue(FIELD)).toBe('Theirs');
  await offer.getByText('Mine and more').waitFor();
  expect(await complaintsOfAxe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Bring it back' }).click();
  expect(await page.inputValue(FIELD)).toBe('Mine\n\nand more');
  await offer.getByText('Theirs', { exact: true }).waitFor();
  await untilKeptAgain(page);
  await until(async () => (await keptBy(hai)).includes('Mine\n\nand more'));
});

it('a text that was typed a moment ago is on the page of drafts at once, and one that was thrown away stays away', async () => {
  const minh = await site.forum.member('minh');
  const { page, complaints } = await site.reader({ as: minh });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  await writes(page, 'Typed a moment ago');
  await page.goto('/drafts');
  await page.locator('.draft-text', { hasText: 'Typed a moment ago' }).waitFor();
  await page.locator('.draft-text ~ form button').click();
  await page.locator('.lead', { hasText: 'No draft is kept' }).waitFor();
  await page.goto('/drafts');
  const { items } = await site.forum.done<Page<Draft>>('GET', DRAFTS, { token: minh.token });
  expect([items, await page.locator('.draft-text').count(), complaints]).toEqual([[], 0, []]);
});

it('a page of drafts that stands open keeps nothing for somebody who signed in since', async () => {
  const [nga, hoa] = [await site.forum.member('nga'), await site.forum.member('hoa')];
  const { page, context } = await site.reader({ as: nga });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  await writes(page, 'Of Nga alone');
  // The page is there before its program, and somebody else's cookie comes between the two.
  await page.route('**/assets/drafts-*.js', async (route) => {
    await context.addCookies([{ name: 'colloquy_session', value: hoa.token, url: site.forum.url }]);
    await route.continue();
  });
  const asked = page.waitForResponse(
    (answer) => answer.request().method() === 'GET' && answer.url().includes('/members/me/drafts'),
  );
  await page.goto('/drafts');
  expect((await asked).status()).toBe(401);
  const { items } = await site.forum.done<Page<Draft>>('GET', DRAFTS, { token: hoa.token });
  expect(items).toEqual([]);
});

it('a text that is sent beside an open offer takes the offer away, and leaves the other device its own', async () => {
  const { page } = await site.reader({ as: linh });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  // The forum's answer comes after the text is typed.
  const filled = Promise.withResolvers<void>();
  await page.route('**/members/me/drafts?*', async (route) => {
    await filled.promise;
    await route.continue();
  });
  await page.evaluate(() => document.querySelector<HTMLTextAreaElement>('#new-comment')?.focus());
  await page.fill(FIELD, 'Written here');
  filled.resolve();
  await page.locator('.composing-newer').waitFor();
  await page.locator('#comment-form button[type=submit]').click();
  await page.locator('.composing-newer').waitFor({ state: 'detached' });
  expect(await page.inputValue(FIELD)).toBe('');
  expect(await kept()).toEqual(['One and more']);
});

/** An edit whose text the forum keeps, on a page that was loaded again since: its form is open, and nobody is in it. */
async function editLeft(handle: string) {
  const writer = await site.forum.member(handle);
  const comment = await site.forum.comment(writer, post.id, { body: `Of ${handle}` });
  const reader = await site.reader({ as: writer });
  const { page } = reader;
  await page.goto(`/comments/${comment.id}`);
  await live(page);
  await page.click(`#comment-${comment.id} > article [data-action=edit]`);
  const field = page.locator(`#edit-${comment.id}`);
  await field.focus();
  await page.locator(`#comment-${comment.id} [role=toolbar]`).waitFor();
  await field.pressSequentially(', changed');
  const drafts = async () => (await site.forum.done<Page<Draft>>('GET', DRAFTS, { token: writer.token })).items;
  await until(async () => (await drafts()).length === 1);
  await page.reload();
  await live(page);
  await field.waitFor();
  return { ...reader, writer, comment, drafts, cancel: page.getByRole('link', { name: 'Cancel', exact: true }) };
}

it('an edit in which nothing is changed is no draft, nor one that is as before again', async () => {
  const writer = await site.forum.member('one-who-looks');
  const comment = await site.forum.comment(writer, post.id, { body: 'As it was' });
  const { page, complaints } = await site.reader({ as: writer });
  const puts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT' && request.url().includes(DRAFTS)) puts.push(request.postDataJSON().body);
  });
  const leave = () =>
    page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
  await page.goto(`/comments/${comment.id}`);
  await live(page);
  await page.click(`#comment-${comment.id} > article [data-action=edit]`);
  const field = page.locator(`#edit-${comment.id}`);
  await page.locator(`#comment-${comment.id} [role=toolbar]`).waitFor();
  await leave();
  await field.pressSequentially(' not');
  await leave();
  await until(async () => (await keptBy(writer)).length === 1);
  await field.press('Control+a');
  await field.pressSequentially('As it was');
  await leave();
  await until(async () => (await keptBy(writer)).length === 0);
  expect([puts, complaints]).toEqual([[expect.stringContaining(' not')], []]);
});

it('an edit that is cancelled is kept nowhere, though nobody was in its field since the page was loaded', async () => {
  const { page, comment, drafts, cancel, complaints } = await editLeft('one-who-cancels');
  await cancel.click();
  await page.locator(`#edit-${comment.id}`).waitFor({ state: 'detached' });
  await until(async () => (await drafts()).length === 0);
  expect(complaints).toEqual([]);
});

it('an edit that is cancelled leaves what another device kept of it meanwhile', async () => {
  const { page, writer, comment, drafts, cancel } = await editLeft('one-with-two');
  const [{ position } = { position: '' }] = await drafts();
  const wish = { postId: post.id, commentId: comment.id, body: 'From elsewhere', over: position };
  await site.forum.done('PUT', DRAFTS, { token: writer.token, body: wish });
  const looked = page.waitForResponse((response) => response.url().includes(DRAFTS));
  await cancel.click();
  await (await looked).finished();
  await page.goto('/drafts');
  await page.locator('.draft-text', { hasText: 'From elsewhere' }).waitFor();
});

it.each(['comment', 'answer'] as const)(
  'what is typed before the programs come stands, and an older draft of the %s is offered beside it',
  async (kind) => {
    const writer = await site.forum.member(`early-${kind}`);
    const { id } = await site.forum.comment(linh, post.id, { body: 'Answer me' });
    const [path, field] = kind === 'comment' ? ['', FIELD] : [`?answer=${id}`, `#answer-${id}`];
    const { page } = await site.reader({ as: writer });
    await page.goto(`/posts/${post.slug}${path}`);
    await live(page);
    await page.focus(field);
    await page.locator('.composer [role=toolbar]').first().waitFor();
    await page.keyboard.type('An older draft');
    await until(async () => (await keptBy(writer)).includes('An older draft'));

    const come = Promise.withResolvers<void>();
    await page.route('**/assets/thread*.js', async (route) => {
      await come.promise;
      await route.continue();
    });
    await page.goto(`/posts/${post.slug}${path}`, { waitUntil: 'commit' });
    await page.focus(field);
    await page.keyboard.type('Typed while');
    come.resolve();
    await live(page);
    await page.keyboard.type(' the programs came');
    expect(await page.inputValue(field)).toBe('Typed while the programs came');
    await page.locator('.composing-newer').getByText('An older draft').waitFor();
    expect(await keptBy(writer)).toEqual(['An older draft']);
    await page.reload();
    await live(page);
    await page.focus(field);
    await page.locator('.composing-newer').getByText('An older draft').waitFor();
    expect(await page.inputValue(field)).toBe('Typed while the programs came');
    await page.locator('.composing-newer').getByRole('button', { name: 'Keep mine' }).click();
    await until(async () => (await keptBy(writer)).includes('Typed while the programs came'));
  },
  60_000,
);

it('an answer that is sent while it is kept is no draft, nor is one whose keeping comes later', async () => {
  const writer = await site.forum.member('quick');
  const { id } = await site.forum.comment(linh, post.id, { body: 'Answer me at once' });
  const { page } = await site.reader({ as: writer });
  await page.clock.install();
  // What waits for the next turn comes after the next drawing, as it does on a busy device.
  await page.addInitScript(() => {
    const later = window.setTimeout;
    Object.assign(window, { setTimeout: (work: () => void, ms?: number) => later(work, ms || 300) });
  });
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  await page.click(`#comment-${id} [data-action=answer]`);
  const toolbar = page.locator('#answer [role=toolbar]');
  await toolbar.waitFor();
  const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const puts: string[] = [];
  await page.route('**/members/me/drafts', async (route) => {
    if (route.request().method() !== 'PUT') return route.continue();
    puts.push(route.request().postDataJSON().body);
    asked.resolve();
    await release.promise;
    await route.continue();
  });
  await page.keyboard.type('Sent at once');
  await asked.promise;
  await page.keyboard.type(' and whole');
  await page.keyboard.press('Control+Enter');
  await page.locator(`#comment-${id} .comment:not(.on-its-way)`, { hasText: 'Sent at once and whole' }).waitFor();
  release.resolve();
  await page.clock.runFor(60_000);
  await until(async () => (await keptBy(writer)).length === 0);
  expect(puts).toEqual(['Sent at once']);
});

it.each(['en', 'vi', 'th', 'km', 'lo', 'my', 'zh'])(
  'the pages fit a phone, and axe finds nothing: %s',
  async (locale) => {
    await site.forum.done('PUT', `/api/v1/posts/${post.id}/bookmark`, { token: linh.token });
    await site.forum.done('PATCH', '/api/v1/members/me', { token: linh.token, body: { locale } });
    const { page, context } = await site.reader({ as: linh, viewport: { width: 360, height: 740 } });
    for (const path of ['/drafts', '/bookmarks', '/settings/notifications']) {
      await page.goto(path);
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(await complaintsOfAxe(page)).toEqual([]);
    }
    await context.close();
  },
);
