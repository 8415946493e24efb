import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page, Request } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { until } from '../support/until.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { type BroughtFile, bringFiles, PICTURE } from './bring-files.ts';
import { ForumInBrowser, live, type ReaderOptions } from './forum-in-browser.ts';

let site: ForumInBrowser;
let admin: TestMember;
let linh: TestMember;
let post: Post;
let picture: Buffer;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  admin = await site.forum.admin();
  linh = await site.forum.member('linh');
  const body = { discussion: { images: true } };
  await site.forum.done('PATCH', '/api/v1/site', { token: admin.token, body });
  picture = readFileSync(PICTURE);
}, 60_000);
// The forum keeps what was typed in one discussion and offers it on the next device, so each test has its own.
beforeEach(async () => {
  post = await site.forum.publish(admin, { title: 'A post', body: 'A line.' });
});
afterAll(() => ForumInBrowser.close(site));

const FIELD = '#new-comment';
const TEXT = /^!\[\]\((\/images\/[0-9a-f-]{36}-1600\.jpg#1000x420)\)$/;

async function opened(options: ReaderOptions = {}) {
  const reader = await site.reader({ as: linh, ...options });
  await reader.page.goto(`/posts/${post.slug}`);
  await live(reader.page);
  return reader;
}

async function composing(page: Page): Promise<void> {
  await page.focus(FIELD);
  await page.locator('#comment-form [role=toolbar]').waitFor();
}

function bring(page: Page, how: 'paste' | 'drop', { to = FIELD, files, ...rest }: BringWish): Promise<boolean> {
  const whole = files.map(({ bytes = picture, ...file }) => ({ ...file, bytes }));
  return bringFiles(page.locator(to), how, { files: whole, ...rest });
}

interface BringWish {
  readonly to?: string;
  readonly files: readonly (Omit<BroughtFile, 'bytes'> & Partial<Pick<BroughtFile, 'bytes'>>)[];
  readonly text?: string;
}

/** Keeps each picture that is sent back until it is told to let it go. */
async function heldUploads(page: Page): Promise<{ readonly asked: Request[]; readonly letGo: () => void }> {
  const asked: Request[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route('**/api/v1/images', async (route) => {
    asked.push(route.request());
    await promise;
    await route.continue().catch(() => undefined);
  });
  return { asked, letGo: resolve };
}

/** The next pictures are answered with these, in their order; those behind them go to the forum. */
async function refusing(page: Page, answers: readonly (Answer | 'offline')[]): Promise<Request[]> {
  const [asked, left]: [Request[], (Answer | 'offline')[]] = [[], [...answers]];
  await page.route('**/api/v1/images', async (route) => {
    asked.push(route.request());
    const answer = left.shift();
    if (answer === undefined) return route.continue();
    if (answer === 'offline') return route.abort('internetdisconnected');
    const { status, code, headers = {} } = answer;
    const json = { type: 'about:blank', title: code, status, code, detail: 'Told by the forum.', errors: [] };
    return route.fulfill({ status, headers, json });
  });
  return asked;
}

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const rows = (page: Page) => page.locator('.composing-images > li');
const field = (page: Page): Promise<string> => page.inputValue(FIELD);

describe('pictures in the composer', () => {
  it('come by paste into the text where the caret stood, one after another, while its writer goes on', async () => {
    const { page, complaints } = await opened();
    await composing(page);
    const { asked, letGo } = await heldUploads(page);
    await page.keyboard.type('Before.');
    expect(await bring(page, 'paste', { files: [{ name: 'one.png' }, { name: 'two.png' }] })).toBe(true);
    await rows(page).nth(1).waitFor();
    await page.keyboard.type(' After.');
    await page.keyboard.press('Home');
    await page.keyboard.type('Now ');
    expect(await field(page)).toBe('Now Before. After.');
    await until(() => asked.length === 1);
    letGo();
    await page.getByLabel('What does two.png show?').waitFor();
    const blocks = (await field(page)).split('\n\n');
    expect(blocks).toEqual(['Now Before.', expect.stringMatching(TEXT), expect.stringMatching(TEXT), ' After.']);
    expect(new Set(blocks).size).toBe(4);
    // The keyboard stands where it stood.
    await page.keyboard.type('and then ');
    expect(await field(page)).toMatch(/^Now and then Before\.\n\n!/);
    await page.locator('.composing-preview img').nth(1).waitFor();
    const preview = page.locator('.composing-preview .body');
    await preview.getByText('Now and then Before.').waitFor();
    await page.locator('#comment-form button[type=submit]').click();
    const own = page.locator('#thread .comment > article > .body').last();
    await own.locator('img').nth(1).waitFor();
    expect(await own.innerHTML()).toBe(await preview.innerHTML());
    await own.locator('img').first().scrollIntoViewIfNeeded();
    await until(() =>
      own.locator('img').evaluateAll((all) => all.every((one) => Reflect.get(one, 'naturalWidth') > 0)),
    );
    expect(await rows(page).count()).toBe(0);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('are taken back by undo, and drafts have their final address alone', async () => {
    const { page } = await opened();
    await composing(page);
    const { asked, letGo } = await heldUploads(page);
    await page.keyboard.type('Words');
    await bring(page, 'paste', { files: [{ name: 'one.png' }] });
    await until(() => asked.length === 1);
    const drafts = (): Promise<string[]> =>
      page.evaluate(() => Object.entries(localStorage).flatMap(([key, text]) => (/draft:/.test(key) ? [text] : [])));
    expect(await drafts()).toContain('Words');
    letGo();
    await page.getByLabel('What does one.png show?').waitFor();
    const text = await field(page);
    expect(await drafts()).toContain(text);
    await page.keyboard.press('Control+z');
    expect(await field(page)).toBe('Words');
    // Nothing is asked about a picture that is not there any more.
    await rows(page).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+z');
    expect(await field(page)).toBe(text);
  }, 60_000);

  it('are asked for a description, which stands in the text, and may be left out', async () => {
    const { page } = await opened();
    await composing(page);
    await bring(page, 'paste', { files: [{ name: 'one.png' }] });
    const asks = page.getByLabel('What does one.png show?');
    await asks.fill('A [wide] river');
    await asks.press('Enter');
    expect(await field(page)).toMatch(/^!\[A \\\[wide\\\] river\]\(\/images\/[^)]+\)\n\n$/);
    expect(await rows(page).count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('new-comment');
    await page.locator('.composing-preview img[alt="A [wide] river"]').waitFor();
    await bring(page, 'paste', { files: [{ name: 'two.png' }] });
    await page.getByRole('button', { name: 'No description: two.png' }).click();
    expect(await rows(page).count()).toBe(0);
    expect(await field(page)).toMatch(/river\]\([^)]+\)\n\n!\[\]\([^)]+\)\n\n$/);
  }, 60_000);

  it('come by a drop on a box in which nobody writes yet', async () => {
    const { page } = await opened();
    await page.locator('#comment-form').dispatchEvent('dragenter');
    await until(() => bring(page, 'drop', { to: '#comment-form label', files: [{ name: 'one.png' }] }));
    await page.getByLabel('What does one.png show?').first().waitFor();
    expect(await field(page)).toMatch(/^!\[\]\(\/images\//);
  }, 60_000);

  it('leave text that is pasted with a picture of itself to the browser', async () => {
    const { page } = await opened();
    await composing(page);
    expect(await bring(page, 'paste', { files: [{ name: 'table.png' }], text: '1\t2' })).toBe(false);
    expect(await bring(page, 'drop', { to: 'h1', files: [{ name: 'one.png' }] })).toBe(false);
    expect(await rows(page).count()).toBe(0);
  });

  it.each([360, 1440])(
    'come by the button of the toolbar, at %d px',
    async (width) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, context } = await opened({
          viewport: { width, height: 740 },
          hasTouch: width === 360,
          colorScheme,
        });
        await composing(page);
        const { asked, letGo } = await heldUploads(page);
        const chooser = page.waitForEvent('filechooser');
        await page.getByRole('button', { name: 'Add pictures' }).click();
        const name = `${'long'.repeat(20)}.png`;
        await (await chooser).setFiles([
          { name, mimeType: 'image/png', buffer: picture },
          { name: 'no.pdf', mimeType: 'application/pdf', buffer: picture },
        ]);
        await until(() => asked.length === 1);
        await rows(page).nth(1).waitFor();
        expect([await overhang(page), await complaintsOfAxe(page)]).toEqual([0, []]);
        letGo();
        await page.getByLabel('What does long').waitFor();
        await page.locator('.composing-preview img').waitFor();
        expect([await overhang(page), await complaintsOfAxe(page)]).toEqual([0, []]);
        await context.close();
      }
    },
    90_000,
  );

  it('hold a text back while they are on their way, until they are there or cancelled', async () => {
    const { page } = await opened();
    await composing(page);
    const { asked } = await heldUploads(page);
    await page.keyboard.type('Words');
    await bring(page, 'paste', { files: [{ name: 'one.png' }, { name: 'two.png' }] });
    await until(() => asked.length === 1);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').getByText('Pictures are still on their way').waitFor();
    expect(await field(page)).toBe('Words');
    await page.getByRole('button', { name: 'Cancel: one.png' }).click();
    await until(() => asked.length === 2);
    await page.getByRole('button', { name: 'Cancel: two.png' }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('new-comment');
    await until(() => asked.every((one) => one.failure()?.errorText === 'net::ERR_ABORTED'));
    await page.keyboard.press('Control+Enter');
    await page.locator('#thread .comment > article > .body', { hasText: 'Words' }).waitFor();
    expect(await field(page)).toBe('');
  }, 60_000);

  it.each([
    [{ status: 413, code: 'too_large' }, 'one.png is too large.', false],
    [{ status: 415, code: 'unsupported_media_type' }, 'one.png cannot be taken.', false],
    [{ status: 400, code: 'invalid' }, 'one.png cannot be read', false],
    [{ status: 409, code: 'conflict' }, 'as many pictures of yours as may be kept', false],
    [{ status: 429, code: 'rate_limited', headers: { 'retry-after': '7' } }, 'wait 7 seconds', true],
    [{ status: 503, code: 'overloaded' }, 'The forum cannot take this just now', true],
    ['offline' as const, 'The forum cannot take this just now', true],
  ])(
    'say in words why one was not taken (%j), and keep what was typed',
    async (answer, words, mayHelp) => {
      const { page } = await opened();
      await composing(page);
      const asked = await refusing(page, [answer]);
      await page.keyboard.type('Words');
      await bring(page, 'paste', { files: [{ name: 'one.png' }, { name: 'two.png' }] });
      await page.getByRole('alert').getByText(words).waitFor();
      expect(await page.getByRole('button', { name: 'Try again: one.png' }).count()).toBe(mayHelp ? 1 : 0);
      await page.getByLabel('What does two.png show?').waitFor();
      expect(await field(page)).toMatch(/^Words\n\n!\[\]\(\/images\/\S+\)\n\n$/);
      if (!mayHelp) return page.getByRole('button', { name: 'Close: one.png' }).click();
      await page.getByRole('button', { name: 'Try again: one.png' }).click();
      await page.getByLabel('What does one.png show?').waitFor();
      const keys = await Promise.all(asked.map((one) => one.headerValue('idempotency-key')));
      expect([keys[2], new Set(keys).size]).toEqual([keys[0], 2]);
    },
    60_000,
  );

  it('are not sent where they would be refused for their kind or their size', async () => {
    const { page } = await opened();
    await composing(page);
    const asked = await refusing(page, []);
    const large = Buffer.alloc(10 * 1_048_576 + 1);
    const files = [
      { name: 'a.svg', type: 'image/svg+xml' },
      { name: 'b.png', bytes: large },
    ];
    await bring(page, 'paste', { files });
    await page.getByRole('alert').getByText('a.svg cannot be taken').waitFor();
    await page.getByRole('alert').getByText('b.png is too large').waitFor();
    expect(asked).toEqual([]);
  });

  it('come into an answer and into an edit too, and go with the form', async () => {
    const body = { body: 'A first text.' };
    const sent = await site.forum.call('POST', `/api/v1/posts/${post.id}/comments`, { token: linh.token, body });
    expect(sent.status).toBe(201);
    const { page } = await opened();
    const comment = page.locator('#thread .comment', { hasText: 'A first text.' });
    for (const action of ['answer', 'edit']) {
      await comment.locator(`[data-action=${action}]`).first().click();
      const own = page.locator(`textarea[id^=${action}-]`);
      await own.focus();
      await page.locator('.comment [role=toolbar]').waitFor();
      await bring(page, 'paste', { to: `textarea[id^=${action}-]`, files: [{ name: `${randomUUID()}.png` }] });
      await page.getByLabel('What does').waitFor();
      expect(await own.inputValue()).toContain('![](/images/');
      await comment.getByRole('link', { name: 'Cancel' }).click();
      expect(await rows(page).count()).toBe(0);
    }
  }, 60_000);
});
