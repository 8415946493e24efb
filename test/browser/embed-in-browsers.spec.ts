import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { firefoxPath, launchAllowing, launchBrowser, launchFirefox } from '../support/browser.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { unlessMissing } from '../support/left-out.ts';
import { outboxMails, tokenIn } from '../support/outbox-mails.ts';
import { CONTROL, FINDS_SITES, LOCAL_NAMES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

const READER = { ignoreHTTPSErrors: true, locale: 'en-GB' } as const;

/** A browser that keeps other sites' cookies back, or one that was told not to. */
interface Kind {
  readonly name: string;
  /** Why it is not there. */
  readonly missing: string | null;
  readonly launch: () => Promise<Browser>;
  /** A reader of one that lets them in. */
  readonly free: () => Promise<BrowserContext>;
  readonly prepare: (page: Page) => Promise<void>;
}

const KINDS: readonly Kind[] = [
  {
    name: 'Chromium without third-party cookies',
    missing: null,
    launch: () => launchBrowser(FINDS_SITES),
    free: () => launchAllowing(FINDS_SITES, READER),
    prepare: async (page) => {
      const control = await page.context().newCDPSession(page);
      await control.send('Network.enable');
      // The one of Debian keeps them back by itself, with all storage of frames; others are told to.
      const exceptions = { disableThirdPartyCookieMetadata: true, disableThirdPartyCookieHeuristics: true };
      await control.send('Network.setCookieControls', { enableThirdPartyCookieRestriction: true, ...exceptions });
    },
  },
  {
    name: 'Firefox with total cookie protection',
    missing: firefoxPath() === undefined ? 'there is no Firefox; apt-get install firefox-esr brings one' : null,
    launch: () => launchFirefox(firefoxThat(5)),
    free: async () => {
      const browser = await launchFirefox(firefoxThat(0));
      const context = await browser.newContext(READER);
      context.once('close', () => void browser.close());
      return context;
    },
    prepare: async () => undefined,
  },
];

function firefoxThat(cookieBehavior: 0 | 5) {
  return {
    'network.dns.localDomains': LOCAL_NAMES,
    'network.cookie.cookieBehavior': cookieBehavior,
    // Firefox lets cookies into a frame that opened a window: what is shown here does without that.
    'privacy.restrict3rdpartystorage.heuristic.window_open': false,
    'privacy.restrict3rdpartystorage.heuristic.opened_window_after_interaction': false,
  };
}

const SECRET = 'a secret of the blog and the forum, long enough';
let sites: TwoSites;
let member: TestMember;
let post: Post;
let blog: string;
let open: BrowserContext[] = [];

beforeAll(async () => {
  const env = (site: TwoSites['site']) => ({
    EMBED_ORIGINS: `${site('blog.test')},${site('other.test')}`,
    SSO_SECRET: SECRET,
  });
  sites = await startTwoSites(env, { reacts: true });
  blog = sites.site('blog.test');
  await sites.forum.admin();
  member = await sites.forum.member('somchai');
  post = await sites.forum.done('PUT', '/api/v1/pages', { body: { url: `${blog}/peace` } });
  for (let n = 0; n < 50; n += 1) await sites.forum.comment(member, post.id, { body: `Comment ${n} of many.` });
}, 60_000);
afterEach(async () => {
  for (const context of open) await context.close();
  open = [];
});
afterAll(() => sites?.close());

const SCRIPT = (attributes = ''): string => `<script async src="${sites.origin}/embed.js" ${attributes}></script>`;

/** A page of another site, and its address. */
function hostPage(path: string, { site = 'blog.test', embed = SCRIPT() } = {}): string {
  const html = `<!doctype html><html lang="en"><head><title>Peace</title></head><body><h1>Peace</h1>${embed}</body></html>`;
  sites.pages.set(`${site}${path}`, { html });
  return `${sites.site(site)}${path}`;
}

async function framed(page: Page): Promise<Frame> {
  await page.frameLocator('colloquy-discussion iframe').locator('.frame-foot').waitFor();
  const frame = page.frames().find((one) => one.url().includes('/embed?'));
  if (!frame) throw new Error('there is no frame');
  return frame;
}

const live = (frame: Frame): Promise<void> => frame.locator('#thread[data-connection="live"]').waitFor();

async function write(frame: Frame, text: string): Promise<void> {
  await live(frame);
  await frame.locator('#new-comment').fill(text);
  await frame.getByRole('button', { name: 'Post comment' }).click();
  await frame.locator('.comment:not(.on-its-way)', { hasText: text }).waitFor();
}

for (const kind of KINDS) {
  unlessMissing(kind.missing).describe(kind.name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await kind.launch();
    }, 60_000);
    afterAll(() => browser?.close());

    /** A reader who has the control cookie of the forum's site, which is not partitioned. */
    async function reader(): Promise<Page> {
      const page = await withControl(await browser.newContext(READER));
      await kind.prepare(page);
      return page;
    }

    async function withControl(context: BrowserContext): Promise<Page> {
      open.push(context);
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      await page.goto(`${sites.origin}${CONTROL}`);
      return page;
    }

    /** The cookies that come with the frame when its page is loaded anew. */
    async function cookiesIn(page: Page): Promise<string> {
      await framed(page);
      sites.cookies.delete('/embed');
      await page.reload();
      await framed(page);
      return sites.cookies.get('/embed') ?? '';
    }

    /** The window that a frame opens, once the member's name and password were sent from it. */
    async function windowOf(page: Page): Promise<Page> {
      const link = (await framed(page)).getByRole('link', { name: 'Sign in to comment' });
      const [window] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
      window.setDefaultTimeout(PATIENCE_MS);
      return window;
    }

    async function signIn(page: Page): Promise<void> {
      const window = await windowOf(page);
      await window.getByLabel('Handle or e-mail').fill('somchai');
      await window.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await window.getByRole('button', { name: 'Sign in', exact: true }).click();
      const closed = window.waitForEvent('close');
      await window.getByRole('button', { name: 'Continue as Name of somchai' }).click();
      await closed;
      await page.frameLocator('iframe').getByText('You write as Name of somchai').waitFor();
    }

    it('sends the forum’s own cookies into a frame only where it was told to keep none back', async () => {
      const free = await withControl(await kind.free());
      await free.goto(hostPage('/control'));
      expect(await cookiesIn(free)).toContain('control=');

      const page = await reader();
      await page.goto(hostPage('/control'));
      expect(await cookiesIn(page)).not.toContain('control=');
    });

    it('shows the discussion before any script has come', async () => {
      const release = sites.hold(/\.js$/);
      const src = `${sites.origin}/embed?url=${encodeURIComponent(`${blog}/peace`)}`;
      const page = await reader();
      await page.goto(hostPage('/before', { embed: `<iframe src="${src}" height="900"></iframe>` }), {
        waitUntil: 'commit',
      });
      const frame = page.frameLocator('iframe');
      await frame.locator('.comment').nth(49).waitFor();
      expect(await frame.locator('#thread[data-connection]').count()).toBe(0);
      release();
      await frame.locator('#thread[data-connection="live"]').waitFor();
    });

    it('signs in by a window, writes, is told live, and is signed in on this one site alone', async () => {
      // A discussion of its own, whose new comments stand on its one page.
      const path = `/written-in-${kind.name.split(' ')[0]}`;
      const { id } = await sites.forum.done<Post>('PUT', '/api/v1/pages', { body: { url: `${blog}${path}` } });
      const page = await reader();
      await page.goto(hostPage(path));
      await signIn(page);
      const text = `Written in ${kind.name}`;
      await write(await framed(page), text);
      expect((await sites.forum.thread(id)).items[0]?.bodyHtml).toContain(text);
      await sites.forum.comment(member, id, { body: `Told live in ${kind.name}` });
      await (await framed(page)).getByText(`Told live in ${kind.name}`, { exact: true }).waitFor();

      const cookies = await cookiesIn(page);
      expect(cookies).toContain('__Host-colloquy_session_frame=');
      expect(cookies).not.toMatch(/control=|__Host-colloquy_session=/);
      await page.goto(hostPage('/another'));
      await page.frameLocator('iframe').getByText('You write as').waitFor();

      const src = hostPage('/elsewhere', { site: 'other.test' });
      await page.goto(src);
      await (await framed(page)).getByRole('link', { name: 'Sign in to comment' }).waitFor();
      expect(await cookiesIn(page)).not.toMatch(/control=|colloquy_session/);

      await page.goto(hostPage(path));
      await (await framed(page)).getByRole('button', { name: 'Sign out' }).click();
      await page.frameLocator('iframe').getByRole('link', { name: 'Sign in to comment' }).waitFor();
    });

    it('signs in by a link in a mail, which is opened in another tab, in the same frame', async () => {
      const page = await reader();
      await page.goto(hostPage('/mailed'));
      const window = await windowOf(page);
      await window.getByRole('link', { name: 'Sign in by a link in a mail' }).click();
      const before = (await outboxMails(sites.forum.dataDir, 'somchai@example.org', 0)).length;
      await window.getByLabel('E-mail').fill('somchai@example.org');
      await window.getByRole('button', { name: 'Send the link' }).click();
      const mails = await outboxMails(sites.forum.dataDir, 'somchai@example.org', before + 1);
      const mail = mails.at(-1);
      if (!mail) throw new Error('no mail has come');
      const tab = await page.context().newPage();
      tab.setDefaultTimeout(PATIENCE_MS);
      await tab.goto(`${sites.origin}/sign-in/link/${tokenIn(mail, '/sign-in/link/')}`);
      await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
      const closed = window.waitForEvent('close');
      await tab.getByRole('button', { name: 'Continue as Name of somchai' }).click();
      await closed;
      await page.frameLocator('iframe').getByText('You write as Name of somchai').waitFor();
    });

    it('needs no window where the host brings a token of its own', async () => {
      const algorithm = { algorithm: 'HS256', key: SECRET, aud: sites.origin, expiresIn: 120_000 } as const;
      const token = createSigner({ ...algorithm, sub: 'linh', jti: kind.name })({ name: 'Linh of the blog' });
      const page = await reader();
      await page.goto(hostPage('/sso', { embed: SCRIPT(`data-sso="${token}"`) }));
      await page.frameLocator('iframe').getByText('You write as Linh of the blog').waitFor();
      expect(page.context().pages()).toHaveLength(1);
      await write(await framed(page), `First in ${kind.name}`);
      expect(await cookiesIn(page)).not.toContain('control=');
    });

    it('takes a guest’s comment where the site takes guests', async () => {
      const { token } = await sites.forum.admin();
      await sites.forum.done('PATCH', '/api/v1/site', { token, body: { guests: true } });
      const page = await reader();
      await page.goto(hostPage('/guests'));
      const frame = await framed(page);
      await live(frame);
      await frame.locator('#new-comment').fill(`As a guest in ${kind.name}`);
      await frame.locator('#new-comment-name').fill('Vanna');
      await frame.locator('#new-comment-email').fill(`vanna-${kind.name.split(' ')[0]}@example.org`);
      await frame.getByRole('button', { name: 'Post comment' }).click();
      await page.frameLocator('iframe').locator('#comment-form[role="status"]').waitFor();
      await sites.forum.done('PATCH', '/api/v1/site', { token, body: { guests: false } });
    });

    it('shows nothing in a frame of a frame when one of the pages around it is not allowed', async () => {
      const inner = hostPage('/peace');
      sites.cookies.delete('/embed');
      const page = await reader();
      await page.goto(hostPage('/nested', { site: 'evil.test', embed: `<iframe src="${inner}"></iframe>` }));
      await page.frameLocator('iframe').locator('colloquy-discussion iframe').waitFor({ state: 'attached' });
      await until(() => sites.cookies.has('/embed'));
      for (const frame of page.frames()) await frame.waitForLoadState();
      const shown = page.frames().map((frame) => frame.evaluate(() => document.querySelectorAll('#thread').length));
      expect(await Promise.all(shown.map((count) => count.catch(() => 0)))).not.toContain(1);
    });
  });
}
