import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Browser, Frame, Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { until } from '../support/until.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

const SECRET = 'a secret of the blog and the forum, long enough';
let sites: TwoSites;
let browser: Browser;
let member: TestMember;
let post: Post;
let blog: string;

beforeAll(async () => {
  sites = await startTwoSites((site) => ({ EMBED_ORIGINS: site('blog.test'), SSO_SECRET: SECRET }));
  browser = await launchBrowser(FINDS_SITES);
  blog = sites.site('blog.test');
  await sites.forum.admin();
  member = await sites.forum.member('somchai');
  post = await sites.forum.done('PUT', '/api/v1/pages', { body: { url: `${blog}/peace` } });
  for (let n = 0; n < 50; n += 1) await sites.forum.comment(member, post.id, { body: `Comment ${n} of many.` });
  await sites.forum.comment(member, post.id, { body: 'អ្នកជិតខាង ព្រំដែន និងទីផ្សារ' });
  await sites.forum.comment(member, post.id, { body: 'السلام على ضفتي النهر' });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

interface HostOptions {
  readonly path?: string;
  readonly embed?: string;
  readonly head?: string;
  readonly csp?: string;
  readonly site?: string;
  readonly before?: string;
}

/** A page of a blog with the script of the forum. */
function host({
  path = '/peace',
  embed = SCRIPT(),
  head = '',
  csp,
  site = 'blog.test',
  before = '',
}: HostOptions = {}): string {
  const html = `<!doctype html><html lang="en"><head><title>Peace</title>${head}</head><body><h1>Peace</h1>${before}${embed}<p>After it</p></body></html>`;
  sites.pages.set(`${site}${path}`, { html, headers: csp === undefined ? {} : { 'content-security-policy': csp } });
  return `${sites.site(site)}${path}`;
}
const SCRIPT = (attributes = ''): string => `<script async src="${sites.origin}/embed.js" ${attributes}></script>`;

interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
}

async function open(url: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Opened> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, bypassCSP: false, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(() => {
    const seen: unknown[] = [];
    Reflect.set(window, 'seen', seen);
    for (const name of ['ready', 'comment', 'error']) {
      addEventListener(`colloquy:${name}`, (event) => seen.push([name, event instanceof CustomEvent && event.detail]));
    }
  });
  await page.goto(url);
  return { page, complaints };
}

const seen = (page: Page): Promise<readonly [string, object][]> => page.evaluate(() => Reflect.get(window, 'seen'));
async function framed(page: Page): Promise<Frame> {
  await page.waitForSelector('colloquy-discussion iframe', { state: 'attached' });
  await page.waitForFunction(() => Reflect.get(window, 'seen').length > 0);
  const frame = page.frames().find((one) => one.url().includes('/embed?'));
  if (!frame) throw new Error('there is no frame');
  return frame;
}
/** How much higher the frame is than what it holds. */
const spare = async (page: Page, frame: Frame): Promise<number> => {
  const content = await frame.evaluate(() => Math.ceil(document.documentElement.getBoundingClientRect().height));
  return (await page.evaluate(() => document.querySelector('iframe')?.clientHeight ?? 0)) - content;
};

/** What comes of a file by way of Brotli, as browsers ask for it over https. */
async function bytesOf(address: string): Promise<number> {
  const asked = get(address, { headers: { 'accept-language': 'en', 'accept-encoding': 'br' } });
  const [answer]: IncomingMessage[] = await once(asked, 'response');
  if (answer?.headers['content-encoding'] !== 'br') throw new Error(`not in Brotli: ${address}`);
  let bytes = 0;
  for await (const part of answer) bytes += Buffer.byteLength(part);
  return bytes;
}

/** What a frame and all that it has loaded weigh. */
async function bytesOfAll(frame: Frame): Promise<number> {
  const addresses = await frame.evaluate(() => [
    location.href,
    ...performance.getEntriesByType('resource').map(({ name }) => name),
  ]);
  const sizes = addresses.map(async (address) => {
    const { pathname, search } = new URL(address);
    return pathname.startsWith('/socket.io/') ? 0 : bytesOf(`${sites.forum.url}${pathname}${search}`);
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

describe('a discussion on a page of another site', () => {
  it('is said to be refused, and not to be empty, where its page’s address is none', async () => {
    const url = sites.site('blog.test').replace('://', '://u:p@');
    const embed = `<colloquy-discussion url="${url}/a"></colloquy-discussion><script async src="${sites.origin}/embed.js"></script>`;
    const { page } = await open(host({ path: '/named', embed }));
    await page.waitForFunction(() => Reflect.get(window, 'seen').length > 0);
    expect(await seen(page)).toEqual([['error', { reason: 'refused' }]]);
  });

  it('comes with one line, as high as its content, live, without a word in the console, under a strict policy of the host', async () => {
    const csp = `default-src 'none'; script-src ${sites.origin}; frame-src ${sites.origin}`;
    const { page, complaints } = await open(host({ csp }));
    const frame = await framed(page);
    expect(await seen(page)).toEqual([['ready', { count: 52 }]]);
    expect(await frame.locator('.comment').count()).toBe(50);
    await page.waitForFunction(() => (document.querySelector('iframe')?.clientHeight ?? 0) > 1_000);
    await frame.locator('#thread[data-connection="live"]').waitFor();
    // The page follows its frame's height, which grows as the tools of the thread come.
    await until(async () => (await spare(page, frame)) === 0);
    await sites.forum.comment(member, post.id, { body: 'Told live' });
    await page.waitForFunction(() => Reflect.get(window, 'seen').length > 1);
    expect(await seen(page)).toEqual([
      ['ready', { count: 52 }],
      ['comment', { count: 53 }],
    ]);
    expect(await frame.locator('main').textContent()).not.toMatch(
      /\b(thread|comment|form|live|error|keys|role)\.[a-z]/i,
    );
    const bytes = await bytesOfAll(frame);
    expect(bytes).toBeGreaterThan(40_000);
    // 60,000 are promised. Random ids in the page change the sum by some tens.
    expect({ bytes, isLight: bytes <= 59_500 }).toMatchObject({ isLight: true });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('follows the theme and the language of its page, and changes pages without loading', async () => {
    const { page } = await open(
      host({
        embed: `<div id="place"></div>${SCRIPT('data-locale="km"')}`,
        head: '<style>body{background:#111}</style>',
        csp: '',
      }),
    );
    let frame = await framed(page);
    const themeOf = (): Promise<string | undefined> => frame.evaluate(() => document.documentElement.dataset['theme']);
    expect(await frame.evaluate(() => document.documentElement.lang)).toBe('km');
    expect(await themeOf()).toBe('dark');
    await page.evaluate(() => document.body.setAttribute('class', 'light'));
    await page.addStyleTag({ content: 'body.light{background:#fff}' });
    await page.evaluate(() => document.body.setAttribute('class', 'light now'));
    await frame.waitForFunction(() => document.documentElement.dataset['theme'] === 'light');

    await page.evaluate((url) => Reflect.get(window, 'colloquy').load({ url, title: 'Another' }), `${blog}/another`);
    await page.waitForFunction(() => Reflect.get(window, 'seen').length > 1);
    frame = await framed(page);
    expect(frame.url()).toContain(encodeURIComponent(`${blog}/another`));
    expect(await frame.locator('.comment').count()).toBe(0);
    // A changed attribute counts too, and several together.
    await page.evaluate((url) => {
      const element = document.querySelector('colloquy-discussion');
      for (const [name, value] of Object.entries({ url, title: 'Third', locale: 'vi', sort: 'best', theme: 'dark' }))
        element?.setAttribute(name, value);
    }, `${blog}/third`);
    await page.waitForFunction(() => Reflect.get(window, 'seen').length > 2);
    frame = await framed(page);
    const asked = new URL(frame.url()).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      url: `${blog}/third`,
      title: 'Third',
      locale: 'vi',
      sort: 'best',
      theme: 'dark',
    });
    await page.evaluate(() => document.querySelector('colloquy-discussion')?.setAttribute('theme', 'light'));
    await frame.waitForFunction(() => document.documentElement.dataset['theme'] === 'light');
    await page.evaluate(() => Reflect.get(window, 'colloquy').unload());
    await page.evaluate((url) => document.querySelector('colloquy-discussion')?.setAttribute('url', url), blog);
    expect(await page.locator('iframe').count()).toBe(0);
    await page.context().close();
  });

  it('asks in its own place which languages its reader reads, and folds the others from then on, with a cookie or without', async () => {
    const url = host({ path: '/read' });
    const read = await sites.forum.done<Post>('PUT', '/api/v1/pages', { body: { url } });
    for (const body of ['អ្នកជិតខាង ព្រំដែន', 'السلام على ضفتي النهر'])
      await sites.forum.comment(member, read.id, { body });
    const { page, complaints } = await open(url, { viewport: { width: 360, height: 800 } });
    const inside = page.frameLocator('colloquy-discussion iframe');
    const folded = inside.locator('details.ignored > summary');
    await inside.getByRole('link', { name: 'Languages you read' }).click();
    await inside.getByLabel('Arabic').check();
    await inside.getByRole('button', { name: 'Save' }).click();
    await folded.first().waitFor();
    expect(await folded.allTextContents()).toEqual(['A comment in Khmer by Name of somchai']);

    const again = async (): Promise<string> => {
      await page.goto(url);
      await folded.first().waitFor();
      return (await framed(page)).url();
    };
    expect(await again()).not.toContain('reads=');
    await page.context().clearCookies();
    expect(await again()).toMatch(/&reads=ar$/);
    await inside.getByRole('link', { name: 'Languages you read' }).click();
    await inside.getByLabel('Arabic').uncheck();
    await inside.getByRole('button', { name: 'Save' }).click();
    await inside.locator('#thread').waitFor();
    await page.context().clearCookies();
    await page.goto(url);
    expect([(await framed(page)).url().includes('reads='), await folded.count(), complaints]).toEqual([false, 0, []]);
    await page.context().close();
  });

  it('waits until it is near the window, and leads to a comment that the address names', async () => {
    const before = '<div style="height:6000px"></div>';
    const { page } = await open(
      host({
        path: '/long',
        before,
        embed: `<colloquy-discussion url="${blog}/peace"></colloquy-discussion>${SCRIPT()}`,
      }),
    );
    await page.waitForFunction(() => customElements.get('colloquy-discussion') !== undefined);
    expect(await page.locator('iframe').count()).toBe(0);
    const { items } = await sites.forum.thread(post.id);
    await page.evaluate((id) => {
      location.hash = `#comment-${id}`;
      document.querySelector('colloquy-discussion')?.scrollIntoView();
    }, items[30]?.id);
    await framed(page);
    await page.waitForFunction(() => scrollY > 7_000);
    await page.context().close();
  });

  it('heeds no message of anybody else, and no host that answers each height with another one', async () => {
    const { page } = await open(
      host({
        path: '/hostile',
        embed: `<colloquy-discussion url="${blog}/peace"></colloquy-discussion>${SCRIPT()}<iframe id="other" srcdoc="x"></iframe>`,
      }),
    );
    const frame = await framed(page);
    await frame.locator('#thread[data-connection="live"]').waitFor();
    await frame.locator('#thread-tools input').waitFor();
    await page.waitForFunction(() => (document.querySelector('iframe')?.clientHeight ?? 0) > 1_000);
    const before = await page.evaluate(() => document.querySelector('iframe')?.clientHeight);
    const forged = { colloquy: { kind: 'height', height: 9_999, count: 0 } };
    await page.evaluate((message) => postMessage(message, '*'), forged);
    await page
      .frameLocator('#other')
      .locator('body')
      .evaluate((_, message) => parent.postMessage(message, '*'), forged);
    const theme = { colloquy: { kind: 'theme', theme: 'dark' } };
    await page
      .frameLocator('#other')
      .locator('body')
      .evaluate(
        (_, message) => parent.document.querySelector('iframe')?.contentWindow?.postMessage(message, '*'),
        theme,
      );
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    expect(await page.evaluate(() => document.querySelector('iframe')?.clientHeight)).toBe(before);
    expect(await frame.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');

    // A frame that tells another height each time is not followed for ever, nor beyond all bounds.
    await frame.evaluate(() => {
      const grow = (left: number): void => {
        document.body.style.paddingBottom = `${left * 1_000}px`;
        if (left > 0) requestAnimationFrame(() => grow(left - 1));
      };
      grow(90);
    });
    const highest = await page.evaluate(async () => {
      let most = 0;
      for (let n = 0; n < 60; n += 1) {
        most = Math.max(most, document.querySelector('iframe')?.clientHeight ?? 0);
        await new Promise(requestAnimationFrame);
      }
      return most;
    });
    expect(highest).toBeLessThanOrEqual(40_000);
    await page.context().close();
  });

  it('is not shown by other origins, nor is any other page of the forum by anybody', async () => {
    for (const [site, src] of [
      ['evil.test', `/embed?url=${encodeURIComponent(`${blog}/peace`)}`],
      ['sub.blog.test', `/embed?url=${encodeURIComponent(`${blog}/peace`)}`],
      ['blog.test', '/sign-in'],
      ['blog.test', `/posts/${post.slug}`],
    ] as const) {
      const { page } = await open(
        host({ site, path: '/jacked', embed: `<iframe src="${sites.origin}${src}"></iframe>` }),
      );
      await page.waitForFunction(() => document.readyState === 'complete');
      const inside = page.frames()[1];
      expect(await inside?.evaluate(() => document.querySelectorAll('#thread, form').length).catch(() => 0)).toBe(0);
      await page.context().close();
    }
  });

  it('is whole without a script: it is read, and each link that is not its own leads out of the frame', async () => {
    const src = `${sites.origin}/embed?url=${encodeURIComponent(`${blog}/peace`)}`;
    const { page } = await open(host({ path: '/plain', embed: `<iframe src="${src}" height="900"></iframe>` }), {
      javaScriptEnabled: false,
    });
    const frame = page.frameLocator('iframe');
    expect(await frame.locator('.comment').count()).toBe(50);
    await frame.getByRole('link', { name: 'Newest' }).click();
    await frame.getByText('Told live').waitFor();
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      frame.locator('.sign-in-first a').first().click(),
    ]);
    expect(opened.url()).toContain(`${sites.origin}/sign-in`);
    await page.context().close();
  });
});

describe('signing in inside a frame', () => {
  /** A browser that keeps back third-party cookies, with a control cookie that shows it. */
  async function blocked(url: string, isBlocked = true): Promise<Opened> {
    const opened = await open('about:blank');
    const control = await opened.page.context().newCDPSession(opened.page);
    await control.send('Network.enable');
    // Chromium of Debian asks for all three.
    const exceptions = { disableThirdPartyCookieMetadata: true, disableThirdPartyCookieHeuristics: true };
    const controls = { enableThirdPartyCookieRestriction: isBlocked, ...exceptions };
    await control.send('Network.setCookieControls', controls);
    await opened.page
      .context()
      .addCookies([{ name: 'control', value: 'third-party', url: sites.origin, sameSite: 'None', secure: true }]);
    await opened.page.goto(url);
    return opened;
  }
  const cookiesIn = async (page: Page): Promise<string> => {
    const asked = page.waitForRequest((request) => request.url().includes('/embed?') && request.isNavigationRequest());
    await page.reload();
    return (await (await asked).allHeaders())['cookie'] ?? '';
  };

  it('ends in the same frame though third-party cookies are blocked, by a window and a code that counts once', async () => {
    const free = await blocked(host({ path: '/free' }), false);
    await framed(free.page);
    expect(await cookiesIn(free.page)).toContain('control');
    await free.page.context().close();

    const { page, complaints } = await blocked(host({ path: '/signed-in' }));
    let frame = await framed(page);
    const [window] = await Promise.all([
      page.context().waitForEvent('page'),
      frame.getByRole('link', { name: 'Sign in to comment' }).click(),
    ]);
    await window.getByLabel('Handle or e-mail').fill('somchai');
    await window.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    const redeemed = page.waitForRequest((request) => request.url().endsWith('/embed/sessions'));
    await window.getByRole('button', { name: 'Continue as Name of somchai' }).click();
    const request = await redeemed;
    frame = await framed(page);
    await frame.getByText('You write as Name of somchai').waitFor();
    expect(window.isClosed()).toBe(true);

    const cookies = await cookiesIn(page);
    expect(cookies).toContain('__Host-colloquy_session_frame=');
    expect(cookies).not.toMatch(/control|__Host-colloquy_session=/);
    frame = await framed(page);
    await frame.locator('#thread[data-connection="live"]').waitFor();
    await frame.locator('#new-comment').fill('Written in a frame, signed in');
    await frame.getByRole('button', { name: 'Post comment' }).click();
    await frame.locator('.comment', { hasText: 'Written in a frame, signed in' }).waitFor();

    // The same code again, and with another page or other words, opens nothing.
    const fields = Object.fromEntries(new URLSearchParams(request.postData() ?? ''));
    for (const change of [{}, { verifier: 'other' }, { url: 'https://other.test/' }, { code: 'stolen' }]) {
      const again = await sites.forum.call('POST', '/embed/sessions', {
        raw: new URLSearchParams({ ...fields, ...change }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'forum.test' },
      });
      expect([401, 403]).toContain(again.status);
      expect(again.headers.get('set-cookie')).toBeNull();
    }
    await frame.getByRole('button', { name: 'Sign out' }).click();
    await frame.getByRole('link', { name: 'Sign in to comment' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('needs no window where the blog brings a token of its own', async () => {
    const sign = createSigner({
      algorithm: 'HS256',
      key: SECRET,
      aud: sites.origin,
      sub: 'linh',
      jti: 'one',
      expiresIn: 120_000,
    });
    const token = sign({ name: 'Linh of the blog' });
    const { page } = await blocked(host({ path: '/sso', embed: SCRIPT(`data-sso="${token}"`) }));
    await page.waitForFunction(() => Reflect.get(globalThis, 'seen').length > 0);
    await page.frameLocator('iframe').getByText('You write as Linh of the blog').waitFor();
    expect(page.context().pages()).toHaveLength(1);

    // The first comment of all makes the page's post, and comes to stand in the same frame.
    const frame = page.frameLocator('iframe');
    await frame.locator('#thread[data-connection="live"]').waitFor();
    await frame.locator('#new-comment').fill('The first of all');
    await frame.getByRole('button', { name: 'Post comment' }).click();
    await frame.locator('.comment', { hasText: 'The first of all' }).waitFor();
    await frame.locator('#thread[data-connection="live"]').waitFor();
    expect(await frame.locator('#new-comment').inputValue()).toBe('');
    await frame.locator('#new-comment').fill('The second');
    await frame.getByRole('button', { name: 'Post comment' }).click();
    await frame.locator('.comment:not(.on-its-way)', { hasText: 'The second' }).waitFor();
    await page.context().close();
  });
});

describe('what a frame looks like', () => {
  it.each([
    [360, 'light', 'km', 'ltr'],
    [768, 'dark', 'en', 'ltr'],
    [360, 'dark', 'en', 'rtl'],
  ] as const)('is readable to everybody at %i px, %s, %s, %s', async (width, theme, locale, dir) => {
    const { page } = await open(
      `${sites.origin}/embed?${new URLSearchParams({ url: `${blog}/peace`, locale, theme, sort: 'newest' })}`,
      {
        viewport: { width, height: 900 },
        bypassCSP: true,
      },
    );
    await page.locator('#thread[data-connection="live"]').waitFor();
    await page.evaluate((direction) => document.documentElement.setAttribute('dir', direction), dir);
    expect(await overhang(page)).toBe(0);
    expect(await complaintsOfAxe(page)).toEqual([]);
    const folder = process.env['SCREENSHOTS'];
    await page.evaluate(() => scrollTo(0, 0));
    if (folder) await page.screenshot({ path: `${folder}/frame-${width}-${theme}-${locale}-${dir}.png` });
    await page.context().close();
  });
});
