import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { CuttableLine } from './cuttable-line.ts';
import { commentTexts, ForumInBrowser, live, type Reader, refuseLiveOnce } from './forum-in-browser.ts';

let site: ForumInBrowser;
let mali: TestMember;
let keo: TestMember;
let post: Post;
let posts = 0;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
  keo = await site.forum.member('keo');
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

beforeEach(async () => {
  posts += 1;
  post = await site.forum.publish(mali, { title: `Post ${posts}` });
});

const lines: CuttableLine[] = [];
afterEach(async () => {
  for (const line of lines.splice(0)) await line.close();
});

async function newLine(): Promise<CuttableLine> {
  const line = await CuttableLine.to(site.forum.forum.port);
  lines.push(line);
  return line;
}

async function reads(as: TestMember | undefined, url?: string): Promise<Reader> {
  const reader = await site.reader({ ...(as ? { as } : {}), ...(url ? { url } : {}) });
  await reader.page.goto(`/posts/${post.slug}`);
  await live(reader.page);
  return reader;
}

/** In the page: what waits for the next frame, or for a little while instead of it, waits this much longer. */
function drawsLate(milliseconds: number): void {
  const [frame, later] = [globalThis.requestAnimationFrame, globalThis.setTimeout];
  globalThis.requestAnimationFrame = (draw) => frame(() => later(draw, milliseconds));
  globalThis.setTimeout = ((work: () => void, delay = 0, ...rest: []) =>
    later(work, delay > 20 && delay <= 100 ? milliseconds : delay, ...rest)) as typeof setTimeout;
}

async function writes(page: Page, text: string): Promise<void> {
  await page.fill('#new-comment', text);
  await page.click('#comment-form button[type=submit]');
}

const body = (page: Page, text: string) => page.locator('#thread .comment > article > .body', { hasText: text });

describe('a new member', () => {
  it('registers from a discussion, returns to it, and its comment is there at once', async () => {
    const { page, complaints } = await site.reader();

    await page.goto(`/posts/${post.slug}`);
    await page.click('#comment-form a[href^="/register"]');
    await page.fill('#displayName', 'Dara Sok');
    await page.fill('#handle', `dara-${posts}`);
    await page.fill('#email', `dara-${posts}@example.org`);
    await page.fill('#password', 'a long enough password');
    await page.click('.form button[type=submit]');
    await page.waitForURL('**/register/done*');
    await page.click('main a.button');
    await page.waitForURL(`**/posts/${post.slug}*`);
    await live(page);
    await writes(page, 'My *first* comment');
    await body(page, 'My first comment').waitFor();

    expect((await site.forum.thread(post.id)).items.map((comment) => comment.body)).toEqual(['My *first* comment']);
    expect(await page.locator('#new-comment').inputValue()).toBe('');
    expect(complaints).toEqual([]);
  });
});

describe('a page that the forum takes no live connection of', () => {
  it.each(['overloaded', 'rate_limited'])('for now (%s) is live after the told time, without a load', async (code) => {
    const { page, context } = await site.reader({ as: keo });
    const tries = await refuseLiveOnce(context, code);
    await page.goto(`/posts/${post.slug}`);
    await live(page);
    const [first = 0, second = 0] = tries;
    expect(second - first).toBeGreaterThanOrEqual(1_000);
    await site.forum.comment(mali, post.id, { body: 'Told after all' });
    await body(page, 'Told after all').waitFor();
  });
});

describe('two browsers on one post', () => {
  it('see each other’s comment, answer, edit, reaction and removal without a reload', async () => {
    const [one, two] = [await reads(mali), await reads(keo)];

    await writes(one.page, 'What worked at your crossing?');
    await body(two.page, 'What worked').waitFor();
    await two.page.click('[data-action=answer]');
    await two.page.fill('#answer textarea', 'A telephone number on the wall.');
    await two.page.click('#answer button[type=submit]');
    const answer = one.page.locator('.answers .comment', { hasText: 'A telephone number' });
    await answer.waitFor();
    await one.page.click('[data-action=edit]');
    await one.page.fill('textarea[id^=edit-]', 'What has worked at your crossing?');
    await one.page.click('form:has(textarea[id^=edit-]) button[type=submit]');
    await body(two.page, 'What has worked').waitFor();
    await two.page.locator('.edited').waitFor();
    await answer.locator('[data-action=react]').click();
    await answer.locator('button[value=thanks]').click();
    await two.page.locator('.reaction', { hasText: 'Thanks 1' }).waitFor();
    await two.page.locator('.answers [data-action=remove]').click();
    await two.page.click('.confirm .button.danger');
    await one.page.locator('.answers .gone').waitFor();

    expect(await commentTexts(one.page)).toEqual(['What has worked at your crossing?']);
    expect(await commentTexts(two.page)).toEqual(['What has worked at your crossing?']);
    expect(await one.page.locator('#discussion-title').textContent()).toBe('1 comment');
    expect([...one.complaints, ...two.complaints]).toEqual([]);
  }, 60_000);

  it('tell who else reads and writes', async () => {
    const [one, two] = [await reads(mali), await reads(keo)];

    await two.page.locator('#new-comment').pressSequentially('I think');

    await one.page.locator('.presence', { hasText: '2 reading · Name of keo is writing…' }).waitFor();
    expect(await two.page.locator('.presence').textContent()).toBe('2 reading');
  });
});

describe('what is being read', () => {
  async function longThread(): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1)
      ids.push((await site.forum.comment(mali, post.id, { body: `Comment ${n}\n\nMore.` })).id);
    return ids;
  }

  it('does not move: an answer in sight waits behind a pill, and comes when it is pressed', async () => {
    const [first, second] = await longThread();
    const { page } = await reads(undefined);
    const place = page.locator(`#comment-${second}`);
    await place.scrollIntoViewIfNeeded();
    const before = await place.boundingBox();

    await site.forum.comment(keo, post.id, { parentId: first, body: 'An answer of mine' });
    await site.forum.comment(keo, post.id, { parentId: first, body: 'And another' });
    const pill = page.locator(`#comment-${first} > .pill`);
    await page.locator('.pill', { hasText: '2 new answers' }).waitFor();

    expect(await body(page, 'An answer of mine').count()).toBe(0);
    expect((await place.boundingBox())?.y).toBeCloseTo(
      (before?.y ?? 0) + ((await pill.boundingBox())?.height ?? 0),
      -2,
    );
    await pill.click();
    await body(page, 'An answer of mine').waitFor();
    expect(await page.locator('.fresh').count()).toBe(2);
    await page.locator('.fresh').first().waitFor({ state: 'detached' });
  });

  it('lets what comes out of sight take its place at once', async () => {
    await longThread();
    const { page } = await reads(undefined);

    await site.forum.comment(keo, post.id, { body: 'At the very end' });

    await body(page, 'At the very end').waitFor({ state: 'attached' });
    expect(await page.locator('.pill').count()).toBe(0);
    expect(await page.locator('#discussion-title').textContent()).toBe('13 comments');
  });

  it('is told of to screen readers, unless they were silenced', async () => {
    const { page } = await reads(undefined);

    await site.forum.comment(keo, post.id, { body: 'Heard by *all*' });
    const log = page.locator('[role=log]');
    await log.locator('p').waitFor({ state: 'attached' });
    expect(await log.textContent()).toBe('Name of keo wrote: Heard by all');
    await page.locator('.quiet-controls input').uncheck();
    await site.forum.comment(keo, post.id, { body: 'Heard by none' });
    await body(page, 'Heard by none').waitFor();

    expect(await log.locator('p').count()).toBe(1);
  });
});

describe('a lost connection', () => {
  it('loses nothing: what others wrote is there on return, and the own unsent comment was sent once', async () => {
    const line = await newLine();
    const [here, there] = [await reads(mali, line.url), await reads(keo)];
    await writes(here.page, 'Before the cut');
    await body(there.page, 'Before the cut').waitFor();

    line.cut();
    await here.page.locator('.connection').waitFor();
    await writes(there.page, 'While you were away');
    await body(there.page, 'While you were away').waitFor();
    await writes(here.page, 'Written in the dark');
    await here.page.locator('.delivery', { hasText: 'Waiting for the connection' }).waitFor();
    line.mend();
    await here.page.locator('.connection').waitFor({ state: 'detached' });
    await body(here.page, 'While you were away').waitFor();
    await body(there.page, 'Written in the dark').waitFor();
    await here.page.locator('.on-its-way').waitFor({ state: 'detached' });

    const texts = ['Before the cut', 'While you were away', 'Written in the dark'];
    expect((await site.forum.thread(post.id)).items.map((comment) => comment.body)).toEqual(texts);
    expect([await commentTexts(here.page), await commentTexts(there.page)]).toEqual([texts, texts]);
  }, 60_000);

  it('is told of on a page that draws late, and was live before it had drawn its foot', async () => {
    const line = await newLine();
    const { page } = await site.reader({ as: mali, url: line.url });
    await page.addInitScript(drawsLate, 1_000);
    await page.goto(`/posts/${post.slug}`);
    await live(page);

    line.cut();
    await page.locator('.connection').waitFor();
    line.mend();
    await page.locator('.connection').waitFor({ state: 'detached' });

    expect(await page.locator('#thread').getAttribute('data-connection')).toBe('live');
  }, 60_000);

  it('keeps the draft, and what was not sent, over a reload', async () => {
    const line = await newLine();
    const { page } = await reads(mali, line.url);

    line.cut();
    await page.locator('.connection').waitFor();
    await writes(page, 'Sent after the reload');
    await page.locator('.delivery').waitFor();
    await page.fill('#new-comment', 'Half a thou');
    line.mend();
    await page.reload();
    await body(page, 'Sent after the reload').waitFor();
    await page.locator('.on-its-way').waitFor({ state: 'detached' });

    expect(await page.locator('#new-comment').inputValue()).toBe('Half a thou');
    expect((await site.forum.thread(post.id)).items.map((comment) => comment.body)).toEqual(['Sent after the reload']);
  }, 60_000);
});

describe('a refusal', () => {
  it('stands at the comment with its reason, and the comment can be sent again', async () => {
    const moderator = await site.forum.member(`keeper-${posts}`, ['moderator']);
    const set = (state: string) =>
      site.forum.done('PUT', `/api/v1/posts/${post.id}/discussion`, { token: moderator.token, body: { state } });
    const line = await newLine();
    const { page } = await reads(keo, line.url);

    line.cut();
    await page.locator('.connection').waitFor();
    await writes(page, 'Too late by a minute');
    await set('closed');
    line.mend();
    const refused = page.locator('.delivery.refused');
    await refused.waitFor();

    expect(await refused.locator('p').textContent()).toBe(
      'Not sent. This discussion was closed. Your text was not posted.',
    );
    expect(await page.locator('.notice').textContent()).toContain('This discussion is closed.');
    await set('open');
    await page.locator('#new-comment').waitFor();
    await refused.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.on-its-way').waitFor({ state: 'detached' });
    expect((await site.forum.thread(post.id)).items.map((comment) => comment.body)).toEqual(['Too late by a minute']);
  }, 60_000);
});
