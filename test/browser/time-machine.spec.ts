import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { edit, remove } from '../support/live-forum.ts';
import { commentTexts, ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;
let mali: TestMember;
let somchai: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  mali = await site.forum.member('mali', ['editor']);
  somchai = await site.forum.member('somchai');
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

/** A thread of four moments: a comment, an answer, an edit, another comment. */
async function lived(): Promise<Post> {
  const post = await site.forum.publish(mali, { title: 'A life' });
  const first = await site.forum.comment(somchai, post.id, { body: 'The first word' });
  await site.forum.comment(mali, post.id, { body: 'An answer', parentId: first.id });
  await edit(site.forum, somchai, first, 'The first sentence');
  await site.forum.comment(mali, post.id, { body: 'The last word' });
  return post;
}

const NOW = ['The first sentence', 'An answer', 'The last word'];
const told = (page: Page): Promise<string | null> => page.locator('[data-part=shown]').textContent();

async function opened(page: Page): Promise<Post> {
  const post = await lived();
  await page.goto(`/posts/${post.slug}`);
  await live(page);
  await page.locator('#time-machine input[type=range]').waitFor();
  return post;
}

/** Waits until the thread on the page reads so. */
async function reads(page: Page, texts: readonly string[]): Promise<void> {
  await page.waitForFunction(
    (expected) =>
      JSON.stringify(
        Array.from(document.querySelectorAll<HTMLElement>('#thread .comment > article > .body'), (body) =>
          body.textContent.trim(),
        ),
      ) === expected,
    JSON.stringify(texts),
  );
}

describe('the time machine', () => {
  it('steps by keyboard through all that happened, says where it is, and comes back to the living thread', async () => {
    const { page, complaints } = await site.reader();
    const post = await opened(page);
    const slider = page.locator('#time-machine input[type=range]');
    expect(await slider.getAttribute('aria-valuetext')).toBe('The discussion as it is now');

    await slider.focus();
    await slider.press('ArrowLeft');
    await reads(page, ['The first sentence', 'An answer']);
    expect(await told(page)).toMatch(/^The discussion as it stood on \d+ \w+ \d{4}, \d\d:\d\d:\d\d/);
    expect(await slider.getAttribute('aria-valuetext')).toBe(await told(page));
    expect(new URL(page.url()).searchParams.has('at')).toBe(true);
    expect(
      await page.locator('.composer, .sign-in-first, #thread [data-action]:not([data-action=share])').count(),
    ).toBe(0);
    await slider.press('ArrowLeft');
    await reads(page, ['The first word', 'An answer']);
    await slider.press('Home');
    await reads(page, ['The first word']);
    await slider.press('ArrowRight');
    await reads(page, ['The first word', 'An answer']);

    // What comes meanwhile does not come into the past.
    const late = await site.forum.comment(mali, post.id, { body: 'Said meanwhile' });
    await slider.press('ArrowRight');
    await reads(page, ['The first sentence', 'An answer']);
    await page.click('[data-back]');
    await reads(page, [...NOW, 'Said meanwhile']);
    expect(new URL(page.url()).search).toBe('');
    expect(await page.locator('#time-machine').getAttribute('class')).toBe('time-machine');
    await remove(site.forum, mali, late);
    await page.locator('.gone').waitFor();
    expect(complaints).toEqual([]);
  }, 60_000);

  it('leaves the focus on the step that was pressed, and on the slider where there is no such step any more', async () => {
    const { page } = await site.reader();
    await opened(page);
    const focused = (): Promise<string | null> =>
      page.evaluate(
        () => document.activeElement?.getAttribute('rel') ?? document.activeElement?.getAttribute('type') ?? null,
      );
    await page.locator('#time-machine a[rel=prev]').focus();
    await page.keyboard.press('Enter');
    await reads(page, ['The first sentence', 'An answer']);
    expect(await focused()).toBe('prev');
    await page.keyboard.press('Enter');
    await reads(page, ['The first word', 'An answer']);
    await page.keyboard.press('Enter');
    await reads(page, ['The first word']);
    expect(await focused()).toBe('range');
    await page.locator('[data-back]').focus();
    await page.keyboard.press('Enter');
    await reads(page, NOW);
    expect(await focused()).toBe('range');
  }, 60_000);

  it('shows what the address names when the browser goes back and forward, of a page loaded in the past too', async () => {
    const { page, complaints } = await site.reader({ viewport: { width: 360, height: 740 }, hasTouch: true });
    const { slug } = await opened(page);
    const slider = page.locator('#time-machine input[type=range]');
    const shown = async () => ({
      address: page.url().replace(site.forum.url, ''),
      texts: await commentTexts(page),
      told: await told(page),
      atSlider: await slider.getAttribute('aria-valuetext'),
      inPast: (await page.locator('#time-machine.in-past').count()) === 1,
    });
    const now = {
      texts: NOW,
      told: 'The discussion as it is now',
      atSlider: 'The discussion as it is now',
      inPast: false,
    };
    await page.tap('[data-thread-title]');
    await page.waitForURL('**#discussion');
    await slider.tap();
    await page.locator('#thread.past').waitFor();
    await page.waitForURL('**?at=*');
    const past = await shown();
    expect(past.texts.length).toBeLessThan(NOW.length);

    await page.goBack();
    await reads(page, NOW);
    expect(await shown()).toEqual({ address: `/posts/${slug}`, ...now });
    await page.goForward();
    await reads(page, past.texts);
    expect(await shown()).toEqual(past);

    await page.reload();
    await slider.waitFor();
    expect(await shown()).toEqual(past);
    await page.goBack();
    await reads(page, NOW);
    await slider.waitFor();
    expect(await shown()).toEqual({ address: `/posts/${slug}`, ...now });
    expect(complaints).toEqual([]);
  }, 60_000);

  it('tells the ends and the middle of a young life apart, in the zone of the forum', async () => {
    const { page } = await site.reader({ timezoneId: 'Asia/Bangkok' });
    await opened(page);

    const dates = page.locator('.past-dates time');
    const told = await dates.allInnerTexts();
    expect(told[0]).toMatch(/^\d+ \w+ \d{4}, \d\d:\d\d/);
    expect(new Set(told).size).toBe(3);
    // The words of other times have become local then.
    await page.locator('#thread .comment time[title$="UTC+7"]').first().waitFor();
    expect(await dates.first().getAttribute('title')).toMatch(/UTC$/);
    expect(await dates.allInnerTexts()).toEqual(told);
  }, 60_000);

  it('plays a life from its beginning to now', async () => {
    const { page, complaints } = await site.reader({ reducedMotion: 'reduce' });
    await opened(page);
    await page.evaluate(() => {
      const seen: number[] = [];
      Reflect.set(window, 'seen', seen);
      new MutationObserver(() => seen.push(document.querySelectorAll('#thread.past .comment').length)).observe(
        document.getElementById('discussion') ?? document,
        { childList: true },
      );
    });
    await page.click('.past-play');
    await page.locator('.past-play[aria-pressed=true]').waitFor();
    await page.locator('#time-machine:not(.in-past)').waitFor({ state: 'detached' });
    await page.locator('#time-machine:not(.in-past)').waitFor();
    await page.locator('.past-play[aria-pressed=false]').waitFor();
    const seen: unknown = await page.evaluate(() => Reflect.get(window, 'seen'));
    expect(seen).toEqual(expect.arrayContaining([1, 2, 3]));
    await reads(page, NOW);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('works without a script: steps, a form for any moment, and what changed since', async () => {
    const { page } = await site.reader({ javaScriptEnabled: false });
    const post = await lived();
    await page.goto(`/posts/${post.slug}`);
    await page.click('#time-machine a[rel=prev]');
    await reads(page, ['The first sentence', 'An answer']);
    await page.click('.past-line > .past-steps > a.past-step');
    await page.locator('.changes').waitFor();
    expect(await page.locator('.changes li').allInnerTexts()).toEqual([
      expect.stringMatching(/New\s*·\s*Name of mali[\s\S]*The last word/),
    ]);

    await page.click('.past-choose summary');
    await page.fill('#past-at', '2015-10-05T08:00:00');
    await page.click('button[value=past]');
    expect(await told(page)).toBe('The discussion as it stood on 5 October 2015, 08:00:00 UTC');
    expect(new URL(page.url()).hash).toBe('#discussion');
    expect(await page.locator('#thread .empty').textContent()).toBe('Nobody had commented yet.');
    await page.click('.past-choose summary');
    await page.click('button[value=changes]');
    expect(await page.locator('.changes-title').textContent()).toBe('What changed since 5 October 2015, 08:00:00 UTC');
    const wrong = await page.goto(`/posts/${post.slug}?at=soon`);
    expect(wrong?.status()).toBe(400);
  }, 60_000);
});

it('asks for a moment, and tells it again, by the clock of the forum', async () => {
  const admin = await site.forum.admin();
  const inZone = (timeZone: string) =>
    site.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { timeZone } });
  await inZone('Asia/Bangkok');
  try {
    for (const javaScriptEnabled of [true, false]) {
      const { page } = await site.reader({ javaScriptEnabled });
      const post = await lived();
      await page.goto(`/posts/${post.slug}?at=2015-10-05T08:00:00Z`);
      if (javaScriptEnabled) await page.locator('#time-machine input[type=range]').waitFor();
      expect(await page.inputValue('#past-at')).toBe('2015-10-05T15:00');
      await page.click('.past-choose summary');
      await page.fill('#past-at', '2015-10-05T15:30:00');
      await page.click('button[value=past]');
      expect(await page.locator('[data-part=shown] time').getAttribute('datetime')).toBe('2015-10-05T08:30:00.000Z');
    }
  } finally {
    await inZone('UTC');
  }
}, 60_000);

it('comes also in a browser that is never idle', async () => {
  const { page } = await site.reader();
  await page.addInitScript(() => {
    window.requestIdleCallback = (called, { timeout } = {}) => {
      if (timeout === undefined) return 0;
      return window.setTimeout(() => called({ didTimeout: true, timeRemaining: () => 0 }), timeout);
    };
  });

  await opened(page);
}, 60_000);

describe('a member who comes back', () => {
  it('finds what changed since the last visit, but for own words, and each change by its link', async () => {
    const { page, context } = await site.reader({ as: somchai });
    const other = await site.forum.publish(mali, { title: 'A visit' });
    const kept = await site.forum.comment(mali, other.id, { body: 'It was good' });
    await page.goto(`/posts/${other.slug}`);
    expect(await page.locator('#changes').count()).toBe(0);

    // An hour passes for the one thing that keeps the time.
    const [visits] = (await context.cookies(`${site.forum.url}/posts/x`)).filter(
      ({ name }) => name === 'colloquy_visits',
    );
    const hourAgo = (Math.floor(Date.now() / 60_000) - 60).toString(36);
    const value = (visits?.value ?? '').replace(/-[0-9a-z]+(?=$|\.)/, `-${hourAgo}`);
    if (visits) await context.addCookies([{ ...visits, value }]);
    await edit(site.forum, mali, kept, 'It was very good');
    const added = await site.forum.comment(mali, other.id, { body: 'And this is new' });
    await site.forum.comment(somchai, other.id, { body: 'My own' });

    await page.goto(`/posts/${other.slug}`);
    expect(await page.locator('#changes summary').textContent()).toMatch(
      /Since your last visit, 1 hour ago\s*1 new comment\s*1 edited/,
    );
    await page.click('#changes summary');
    expect(await page.locator('#changes ins').textContent()).toContain('very');
    await page.click(`#changes a[href="/comments/${added.id}"]`);
    await page.waitForURL(`**#comment-${added.id}`);
    // It is the same visit still: what is new stays told.
    expect(await page.locator('#changes').count()).toBe(1);
  }, 60_000);
});

describe('the choice of a moment', () => {
  it.each([true, false])(
    'keeps the choice of a moment within its range, and tells it: a script: %s',
    async (script) => {
      const { page, context } = await site.reader({ javaScriptEnabled: script, timezoneId: 'UTC' });
      const post = await lived();
      await page.goto(`/posts/${post.slug}`);
      const field = page.locator('#past-at');
      await page.locator('.past-choose > summary').click();
      for (const none of ['1969-12-31T00:00:00', '2099-01-01T00:00:00']) {
        await field.fill(none);
        expect(await field.evaluate((one) => one.matches(':out-of-range'))).toBe(true);
      }

      // A browser that does not know such fields sends whatever was typed.
      await page.locator('.past-choose form').evaluate((form) => form.setAttribute('novalidate', ''));
      await page.locator('.past-choose button[value=past]').click();
      await page.locator('#past-at-error').waitFor();
      expect(await page.locator('#past-at-error').textContent()).toMatch(
        /^There is no such moment here\. Choose one between/,
      );
      expect(await field.inputValue()).toBe('2099-01-01T00:00');
      if (script) await page.locator('#past-at:focus').waitFor();
      expect(await page.locator('#thread .comment > article > .body').allInnerTexts()).toEqual(NOW);
      await context.close();
    },
  );
});
