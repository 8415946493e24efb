import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { overhang } from './axe.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

let sites: TwoSites;
let browser: Browser;
let page: Page;
let member: TestMember;
let post: Post;
let blog: string;

beforeAll(async () => {
  sites = await startTwoSites((site) => ({ EMBED_ORIGINS: site('blog.test') }));
  browser = await launchBrowser(FINDS_SITES);
  blog = sites.site('blog.test');
  await sites.forum.admin();
  member = await sites.forum.member('somchai');
  post = await sites.forum.done('PUT', '/api/v1/pages', { body: { url: `${blog}/peace`, title: 'Peace' } });
  const texts = ['The market is open again.', 'អ្នកជិតខាង ព្រំដែន និងទីផ្សារ', 'السلام على ضفتي النهر (قريباً)!'];
  for (const body of texts) {
    const { id } = await sites.forum.comment(member, post.id, { body });
    await sites.forum.comment(member, post.id, { body: `أجل: ${body}`, parentId: id });
  }
}, 60_000);
afterEach(() => page?.context().close());
afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

interface Host {
  readonly before?: string;
  readonly head?: string;
  readonly html?: string;
  readonly attributes?: string;
  readonly options?: BrowserContextOptions;
}

/** Opens a page of the blog with the discussion between two paragraphs. */
async function open({
  before = '',
  head = '',
  html = 'lang="en"',
  attributes = '',
  options = {},
}: Host): Promise<Frame> {
  const script = `<script async src="${sites.origin}/embed.js"></script>`;
  const place = `<colloquy-discussion url="${blog}/peace" ${attributes}></colloquy-discussion>`;
  const body = `<body>${before}<h1>Peace</h1>${place}<p id="after">After it</p>${script}</body>`;
  sites.pages.set('blog.test/host', {
    html: `<!doctype html><html ${html}><head><title>Peace</title>${head}</head>${body}</html>`,
  });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB', ...options });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(() => {
    const seen = { shift: 0, globals: Object.keys(window).length };
    Reflect.set(window, 'told', seen);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += Number(Reflect.get(entry, 'value'));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${blog}/host`);
  // A browser gives a frame of another site that nobody sees hardly any turns.
  if (before.includes('height')) await page.evaluate(() => document.querySelector('h1')?.scrollIntoView());
  return discussion();
}

async function discussion(): Promise<Frame> {
  await page.frameLocator('iframe').locator('#thread[data-connection="live"]').waitFor();
  const frame = page.frames().find((one) => one.url().includes('/embed?'));
  if (!frame) throw new Error('there is no frame');
  return frame;
}

const heightOfFrame = (): Promise<number> => page.evaluate(() => document.querySelector('iframe')?.clientHeight ?? 0);
const heightOfContent = (frame: Frame): Promise<number> =>
  frame.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
/** Resolves once the frame is exactly as high as what it holds. */
async function fits(frame: Frame): Promise<void> {
  const content = await heightOfContent(frame);
  await page.waitForFunction((height) => document.querySelector('iframe')?.clientHeight === height, content);
}

describe('a page around a discussion', () => {
  it('is not shifted where it gives the discussion a height, though comments come', async () => {
    const head = '<style>colloquy-discussion{display:block;min-height:2400px}</style>';
    const frame = await open({ head, options: { viewport: { width: 900, height: 3_000 } } });
    await fits(frame);
    await sites.forum.comment(member, post.id, { body: 'One that comes while the page is read' });
    await frame.getByText('One that comes while the page is read', { exact: true }).waitFor();
    await fits(frame);
    expect(await heightOfFrame()).toBeLessThan(2_400);
    expect(await page.evaluate(() => Reflect.get(window, 'told').shift)).toBe(0);
  });

  it('stays where it is read when comments come, above the frame and in the middle of it', async () => {
    const frame = await open({ before: '<div style="height:900px">An article</div>' });
    await fits(frame);
    for (const place of ['#after', 'h1']) {
      await page.evaluate((selector) => document.querySelector(selector)?.scrollIntoView({ block: 'center' }), place);
      const at = (): Promise<number> =>
        page.evaluate(() => document.querySelector('h1')?.getBoundingClientRect().top ?? 0);
      const [before, height] = [await at(), await heightOfFrame()];
      await sites.forum.comment(member, post.id, { body: `Below what is read at ${place}` });
      await page.waitForFunction((than) => (document.querySelector('iframe')?.clientHeight ?? 0) > than, height);
      expect(await at()).toBe(before);
    }
  });

  it('finds itself as it was: one name more, no entry of history, no cookie, nothing stored, no word in its console', async () => {
    const complaints: string[] = [];
    const frame = await open({
      before: '<script>addEventListener("error", () => { document.title = "disturbed"; });</script>',
    });
    page.on('console', (message) => complaints.push(message.text()));
    await fits(frame);
    const found = await page.evaluate(() => ({
      names: Object.keys(window).filter((name) => !/^\d/.test(name)).length - Reflect.get(window, 'told').globals,
      history: history.length,
      cookie: document.cookie,
      stored: localStorage.length + sessionStorage.length,
      title: document.title,
      requests: performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => path !== '/embed'),
    }));
    // `told` is the test's own; about:blank is the first entry of history.
    expect(found).toMatchObject({ names: 2, cookie: '', stored: 0, title: 'Peace', requests: ['/embed.js'] });
    expect(found.history).toBeLessThanOrEqual(2);
    expect(complaints).toEqual([]);
  });

  it('that resizes the frame without end, hides it and shows it again, has it as high as its content at the end', async () => {
    const frame = await open({ options: { viewport: { width: 900, height: 900 } } });
    await fits(frame);
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const place = document.querySelector<HTMLElement>('colloquy-discussion');
          const turn = (left: number): void => {
            if (place) place.style.width = `${300 + (left % 2) * 300 + left}px`;
            if (left === 0) resolve();
            else requestAnimationFrame(() => turn(left - 1));
          };
          turn(80);
        }),
    );
    await fits(frame);
    const hide = (display: string): Promise<void> =>
      page.evaluate((wished) => {
        const place = document.querySelector<HTMLElement>('colloquy-discussion');
        if (place) place.style.display = wished;
      }, display);
    await hide('none');
    await sites.forum.comment(member, post.id, { body: 'Comes while nobody sees it' });
    await hide('block');
    await frame.getByText('Comes while nobody sees it', { exact: true }).waitFor();
    await fits(frame);
  });

  it('that forges every message gets nothing but another theme and another place in its own window', async () => {
    const frame = await open({});
    await fits(frame);
    const before = await heightOfFrame();
    await page.evaluate((origin) => {
      const inside = document.querySelector('iframe')?.contentWindow;
      const forged = [null, 1, 'height', [], {}, { kind: 'hello' }, { kind: 'sso' }, { kind: 'height', height: 9 }];
      for (const message of forged) inside?.postMessage({ colloquy: message }, origin);
      inside?.postMessage({ colloquy: { kind: 'hello', comment: '#comment-"><img src=x>' } }, origin);
      inside?.postMessage({ colloquy: { kind: 'theme', theme: '"><script>' } }, origin);
      inside?.postMessage({ colloquyCode: 'a stolen code' }, origin);
      inside?.postMessage({ colloquy: { kind: 'theme', theme: 'dark' } }, origin);
    }, sites.origin);
    await frame.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
    expect(await heightOfFrame()).toBe(before);
    expect(await frame.evaluate(() => document.querySelectorAll('img').length)).toBe(0);
    expect(await frame.getByRole('link', { name: 'Sign in to comment' }).count()).toBe(1);
  });
});

describe('a discussion in a page that is read from right to left', () => {
  it.each([
    [360, 'light', 'km'],
    [768, 'dark', 'km'],
    [1_440, 'light', 'en'],
  ] as const)('stands whole at %i px, %s, in %s, each text by its own direction', async (width, theme, locale) => {
    const colours = theme === 'dark' ? 'background:#101418;color:#eee' : 'background:#fff;color:#111';
    const frame = await open({
      html: 'lang="ar" dir="rtl"',
      head: `<style>body{${colours}}</style>`,
      attributes: `locale="${locale}"`,
      options: { viewport: { width, height: 1_000 } },
    });
    await fits(frame);
    expect(await overhang(page)).toBe(0);
    expect(
      await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
    expect(await frame.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
    const directions = await frame.evaluate(() =>
      [...document.querySelectorAll('.comment .body')].map((body) => [
        /^[\u0600-\u06ff]/u.test(body.textContent?.trim() ?? '') ? 'rtl' : 'ltr',
        getComputedStyle(body).direction,
      ]),
    );
    expect(directions.length).toBeGreaterThan(5);
    for (const [wished, shown] of directions) expect(shown).toBe(wished);
    const folder = process.env['SCREENSHOTS'];
    if (folder) await page.screenshot({ path: `${folder}/host-rtl-${width}-${theme}-${locale}.png`, fullPage: true });
  });
});
