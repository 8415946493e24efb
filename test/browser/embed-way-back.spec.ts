import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Browser, Page } from 'playwright-core';
import { firefoxPath, launchFirefox } from '../support/browser.ts';
import { unlessMissing } from '../support/left-out.ts';
import { LOCAL_NAMES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

const SECRET = 'a secret of the blog and the forum, long enough';
let sites: TwoSites;
let browser: Browser | undefined;

beforeAll(async () => {
  sites = await startTwoSites((site) => ({ EMBED_ORIGINS: site('blog.test'), SSO_SECRET: SECRET }));
  await sites.forum.admin();
  if (firefoxPath() === undefined) return;
  browser = await launchFirefox({
    'network.dns.localDomains': LOCAL_NAMES,
    'network.cookie.cookieBehavior': 5,
    // As many as a machine with much memory keeps.
    'browser.sessionhistory.max_total_viewers': 8,
  });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

function launched(): Browser {
  if (browser === undefined) throw new Error('there is no Firefox');
  return browser;
}

function token(sub: string): string {
  const kept = { algorithm: 'HS256', key: SECRET, aud: sites.origin, expiresIn: 120_000 } as const;
  return createSigner({ ...kept, sub, jti: randomUUID() })({ name: `Name of ${sub}` });
}

/** A page of the blog that tells whether the way back brought it as it was left. */
function hostPage(path: string, sso: string): string {
  const tells = '<script>addEventListener("pageshow", (event) => { window.wasKept = event.persisted; });</script>';
  const embed = `<script async src="${sites.origin}/embed.js" data-sso="${sso}"></script>`;
  const html = `<!doctype html><html lang="en"><head><title>Peace</title>${tells}</head><body>${embed}</body></html>`;
  sites.pages.set(`blog.test${path}`, { html });
  return `${sites.site('blog.test')}${path}`;
}

/** Browsers keep no page whose live connection stands; where none can be made, they keep it. */
async function reader(launched: Browser): Promise<Page> {
  const page = await (await launched.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.addInitScript(() => {
    // The driver of the browser does not know the frames of a page that comes back, so they are asked.
    addEventListener('message', ({ data }) => {
      const typed = [...document.querySelectorAll('textarea')].map(({ value }) => value);
      if (data === 'seen?')
        parent.postMessage({ seen: [document.querySelector('main')?.textContent, ...typed].join() }, '*');
    });
    Reflect.deleteProperty(window, 'WebSocket');
    const ask = window.fetch;
    window.fetch = (what, how) =>
      String(what).includes('/socket.io/') ? Promise.reject(new TypeError()) : ask(what, how);
  });
  return page;
}

/** What the frame shows; empty while its page comes. */
function inFrame(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener('message', ({ data }) => typeof data?.seen === 'string' && resolve(data.seen));
        setTimeout(() => resolve(''), 1_000);
        document.querySelector('iframe')?.contentWindow?.postMessage('seen?', '*');
      }),
  );
}

const missing = firefoxPath() === undefined ? 'there is no Firefox; apt-get install firefox-esr brings one' : null;

describe('a page with a frame that the way back brings as it was left', () => {
  unlessMissing(missing).it('shows nobody who was signed out since, nor what was typed', async () => {
    const page = await reader(launched());
    const frame = page.frameLocator('iframe');
    await page.goto(hostPage('/one', token('alice')));
    await frame.getByText('You write as Name of alice').waitFor();
    await frame.locator('#new-comment').fill('Private words of Alice');
    await page.goto(hostPage('/two', ''));
    await frame.getByRole('link', { name: 'Sign in to comment' }).waitFor();
    await page.evaluate(() => {
      setTimeout(() => history.back());
    });
    await page.waitForFunction(() => location.pathname === '/one' && Reflect.get(window, 'wasKept') === true);
    await until(async () => (await inFrame(page)).includes('Sign in to comment'));
    const seen = await inFrame(page);
    for (const former of ['Name of alice', 'Private words of Alice']) expect(seen).not.toContain(former);
    await page.context().close();
  });
});
