import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import type { Draft, Page as ListPage, Member, Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { until } from '../support/until.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

const SECRET = 'a secret of the blog and the forum, long enough';
let sites: TwoSites;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let somchai: TestMember;

beforeAll(async () => {
  const names = ['blog.test', 'other.test', 'sub.blog.test'];
  const env = (site: TwoSites['site']) => ({ EMBED_ORIGINS: names.map(site).join(), SSO_SECRET: SECRET });
  sites = await startTwoSites(env);
  browser = await launchBrowser(FINDS_SITES);
  await sites.forum.admin();
  somchai = await sites.forum.member('somchai');
}, 60_000);
afterEach(() => context?.close());
afterAll(async () => {
  await browser?.close();
  await sites?.close();
});

const script = (attributes = ''): string => `<script async src="${sites.origin}/embed.js" ${attributes}></script>`;

function token(sub: string): string {
  const kept = { algorithm: 'HS256', key: SECRET, aud: sites.origin, expiresIn: 120_000 } as const;
  return createSigner({ ...kept, sub, jti: randomUUID() })({ name: `Name of ${sub}` });
}

/** A page of another site, and its address. */
function hostPage(path: string, { site = 'blog.test', embed = script() } = {}): string {
  const html = `<!doctype html><html lang="en"><head><title>Peace</title></head><body><h1>Peace</h1>${embed}</body></html>`;
  sites.pages.set(`${site}${path}`, { html });
  return `${sites.site(site)}${path}`;
}

const withToken = (sso: string): string => hostPage('/follows', { embed: script(`data-sso="${sso}"`) });

async function reader(): Promise<string[]> {
  context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.addInitScript(() => {
    const errors: unknown[] = [];
    Reflect.set(window, 'errors', errors);
    addEventListener('colloquy:error', (event) => errors.push(event instanceof CustomEvent && event.detail));
  });
  return faults;
}

const inFrame = () => page.frameLocator('iframe');
const writesAs = (name: string): Promise<void> => inFrame().getByText(`You write as Name of ${name}`).waitFor();
const nobody = (): Promise<void> => inFrame().getByRole('link', { name: 'Sign in to comment' }).waitFor();
const someoneElse = (): Promise<void> =>
  inFrame().getByRole('status').getByText('Somebody else is signed in in this browser now').waitFor();
const live = (): Promise<void> => inFrame().locator('#thread[data-connection="live"]').waitFor();

async function somchaiSays(body: string): Promise<void> {
  const url = `${sites.site('blog.test')}/follows`;
  const post = await sites.forum.done<Post>('PUT', '/api/v1/pages', { body: { url } });
  await sites.forum.comment(somchai, post.id, { body });
}

async function framed(): Promise<Frame> {
  await inFrame().locator('.frame-foot').waitFor();
  const frame = page.frames().find((one) => one.url().includes('/embed?'));
  if (!frame) throw new Error('there is no frame');
  return frame;
}

async function signInWindow(): Promise<Page> {
  await inFrame().locator('.frame-foot').waitFor();
  const link = inFrame().getByRole('link', { name: 'Sign in to comment' });
  const [window] = await Promise.all([context.waitForEvent('page'), link.click()]);
  window.setDefaultTimeout(PATIENCE_MS);
  return window;
}

async function signInByHand(): Promise<void> {
  const window = await signInWindow();
  await window.getByLabel('Handle or e-mail').fill('somchai');
  await window.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await window.getByRole('button', { name: 'Sign in', exact: true }).click();
  const closed = window.waitForEvent('close');
  await window.getByRole('button', { name: 'Continue as Name of somchai' }).click();
  await closed;
  await writesAs('somchai');
}

describe('whoever a blog signs in', () => {
  it('is who reads in its frame: another person comes in place of the one before, without the draft of that one', async () => {
    await reader();
    await page.goto(withToken(token('alice')));
    await writesAs('alice');
    await live();
    await inFrame().locator('#new-comment').fill('A private draft of Alice');
    await page.goto(withToken(token('bob')));
    await writesAs('bob');
    await live();
    expect(await inFrame().locator('#new-comment').inputValue()).toBe('');
    await inFrame().locator('#new-comment').fill('Bob writes');
    await inFrame().getByRole('button', { name: 'Post comment' }).click();
    const written = inFrame().locator('.comment:not(.on-its-way)', { hasText: 'Bob writes' });
    await written.waitFor();
    expect(await written.textContent()).toContain('Name of bob');

    // A page that says nothing about its readers changes nothing; one on which nobody is signed in ends it.
    await page.goto(hostPage('/says-nothing'));
    await writesAs('bob');
    await page.goto(withToken(''));
    await nobody();
    await page.goto(hostPage('/says-nothing'));
    await nobody();
  });

  it('has the form once they are let in and come back to the page, without loading it', async () => {
    const admin = await sites.forum.admin();
    const set = (registration: string) =>
      sites.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { registration } });
    await set('approval');
    await reader();
    await page.goto(withToken(token('late')));
    await writesAs('late');
    await set('open');
    const waits = inFrame().getByText('Your account waits to be let in');
    await waits.waitFor();
    await live();
    const { id } = await sites.forum.done<Member>('GET', '/api/v1/members/Name.of.late', { token: admin.token });
    const path = `/api/v1/members/${id}/membership`;
    await sites.forum.done('PUT', path, { token: admin.token, body: { state: 'active' } });
    const frame = await framed();
    await until(async () => {
      await frame.evaluate(() => dispatchEvent(new Event('focus'))).catch(() => undefined);
      return (await inFrame().locator('#new-comment').count()) > 0;
    });
    expect(await waits.count()).toBe(0);
  });

  it('is followed on a page that does not load, and stays on the frame’s own later pages', async () => {
    await reader();
    await page.goto(withToken(token('alice')));
    await writesAs('alice');
    await (await framed()).evaluate(() => {
      document.body.dataset['before'] = '';
      location.reload();
    });
    await inFrame().locator('body:not([data-before])').getByText('You write as Name of alice').waitFor();
    await live();
    await page.evaluate((sso) => document.querySelector('colloquy-discussion')?.setAttribute('sso', sso), token('bob'));
    await writesAs('bob');
    await page.evaluate(() => document.querySelector('colloquy-discussion')?.setAttribute('sso', ''));
    await nobody();
    await page.evaluate((sso) => Reflect.get(window, 'colloquy').load({ sso }), token('alice'));
    await writesAs('alice');
    expect(await page.evaluate(() => Reflect.get(window, 'errors'))).toEqual([]);
  });

  it('is nobody where the token of another person is refused', async () => {
    await reader();
    await page.goto(withToken(token('alice')));
    await writesAs('alice');
    await page.goto(withToken(`${token('bob')}x`));
    await nobody();
    expect(await page.evaluate(() => Reflect.get(window, 'errors'))).toEqual([{ reason: 'sso' }]);
  });

  it('does not take the place of a member who signed in in the frame', async () => {
    await reader();
    await page.goto(hostPage('/by-hand'));
    await signInByHand();
    for (const [sso, errors] of [
      [token('bob'), [{ reason: 'session' }]],
      ['', []],
    ] as const) {
      await page.goto(withToken(sso));
      await writesAs('somchai');
      await live();
      expect(await page.evaluate(() => Reflect.get(window, 'errors'))).toEqual(errors);
    }
    await inFrame().getByRole('button', { name: 'Sign out' }).click();
    await nobody();
  });
});

describe('a frame that was drawn for the person before', () => {
  /** Another tab of this browser has another person's session now. */
  async function becomes(sub: string): Promise<void> {
    await page.goto(withToken(token('alice')));
    await writesAs('alice');
    await live();
    const entry = { sso: token(sub), url: `${sites.site('blog.test')}/follows` };
    const entered = (await framed()).evaluate(async (fields) => {
      const body = new URLSearchParams(fields);
      return (await fetch('/embed/sessions', { method: 'POST', body })).status;
    }, entry);
    expect(await entered).toBe(204);
  }

  it('does nothing as whoever came after, and keeps what is written in it', async () => {
    // The first comment of a page goes by its form; this one goes live.
    await somchaiSays('The first');
    await reader();
    await becomes('bob');
    // The connection that Alice's session ended has been made anew.
    await someoneElse();
    await inFrame().locator('#new-comment').fill('Only Alice wrote this');
    await inFrame().getByRole('button', { name: 'Post comment' }).click();
    await inFrame().getByText('Sign in and send it').waitFor();
    expect(await inFrame().locator('.on-its-way .body').textContent()).toBe('Only Alice wrote this');
    await page.goto(hostPage('/follows'));
    await writesAs('bob');
    expect(await inFrame().getByText('Only Alice wrote this').count()).toBe(0);
  });

  it('comes again as nobody’s when the way back brings it', async () => {
    await reader();
    await becomes('bob');
    await (await framed()).evaluate(() => {
      setTimeout(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    });
    await someoneElse();
    await nobody();
  });
});

describe('two tabs of a blog whose reader changed', () => {
  const bobIn = async (tab: Page): Promise<void> => {
    await tab.goto(withToken(token('bob')));
    await tab.frameLocator('iframe').getByText('You write as Name of bob').waitFor();
  };

  it.each<[string, (again: { url: string; sort: string }) => void]>([
    ['sort', ({ sort }) => document.querySelector('colloquy-discussion')?.setAttribute('sort', sort)],
    ['url', ({ url }) => document.querySelector('colloquy-discussion')?.setAttribute('url', url)],
    ['load', (again) => Reflect.get(window, 'colloquy').load(again)],
  ])(
    'the earlier one is the later one’s member once its page changes the %s, who is told as whom they write and has none of the words before',
    async (name, change) => {
      await somchaiSays('The first here');
      await reader();
      await page.goto(withToken(token(`alice-${name}`)));
      await writesAs(`alice-${name}`);
      await live();
      const field = inFrame().locator('#new-comment');
      await field.fill('Only of Alice');
      await bobIn(await context.newPage());
      await someoneElse();
      await field.fill('Only of Alice, and more');
      await page.evaluate(change, { url: `${sites.site('blog.test')}/follows`, sort: 'newest' });
      await writesAs('bob');
      await live();
      await field.focus();
      await inFrame().locator('#comment-form [role=toolbar]').waitFor();
      expect(await field.inputValue()).toBe('');
      expect(await inFrame().getByText('Only of Alice').count()).toBe(0);
      await field.fill(`Bob after ${name}`);
      await inFrame().getByRole('button', { name: 'Post comment' }).click();
      const written = inFrame().locator('.comment:not(.on-its-way)', { hasText: `Bob after ${name}` });
      await written.waitFor();
      expect(await written.textContent()).toContain('Name of bob');
      await page.goto(withToken(token(`alice-${name}`)));
      await writesAs(`alice-${name}`);
      await live();
      await until(async () => (await field.inputValue()) === 'Only of Alice, and more');
    },
    60_000,
  );

  it('what is typed in the earlier one as nobody’s is not given to the later one’s member', async () => {
    const { token: admin } = await sites.forum.admin();
    await sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { guests: true } });
    await reader();
    await page.goto(withToken(token('alice')));
    await writesAs('alice');
    await live();
    await bobIn(await context.newPage());
    await someoneElse();
    await inFrame().getByRole('button', { name: 'Sign out' }).click();
    await inFrame().locator('#new-comment-name').waitFor();
    await live();
    const field = inFrame().locator('#new-comment');
    await field.focus();
    await inFrame().locator('#comment-form [role=toolbar]').waitFor();
    await field.fill('Typed as nobody');
    await (await framed()).evaluate(() => {
      document.body.dataset['before'] = '';
      location.reload();
    });
    await inFrame().locator('body:not([data-before]) #thread[data-connection="live"]').waitFor();
    await until(async () => (await field.inputValue()) === 'Typed as nobody');
    await page.evaluate(() => document.querySelector('colloquy-discussion')?.setAttribute('sort', 'newest'));
    await writesAs('bob');
    await live();
    await field.focus();
    await inFrame().locator('#comment-form [role=toolbar]').waitFor();
    expect(await field.inputValue()).toBe('');
    expect(await inFrame().getByText('Typed as nobody').count()).toBe(0);
    await sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { guests: false } });
  }, 60_000);

  it('the later one shows its member, and the one before says so and does nothing as that one', async () => {
    await reader();
    let entered = 0;
    context.on('request', (request) => {
      if (request.url().endsWith('/embed/sessions')) entered += 1;
    });
    await page.goto(withToken(token('alice')));
    await writesAs('alice');
    await live();
    const later = await context.newPage();
    await bobIn(later);
    await someoneElse();
    await inFrame().getByRole('button', { name: 'Sign out' }).click();
    await nobody();
    await someoneElse();
    expect(new URL((await framed()).url()).searchParams.get('as')).toBe('');
    const inLater = later.frameLocator('iframe');
    await inLater.locator('#new-comment').fill('Bob goes on');
    await inLater.getByRole('button', { name: 'Post comment' }).click();
    const written = inLater.locator('.comment:not(.on-its-way)', { hasText: 'Bob goes on' });
    await written.waitFor();
    expect(await written.textContent()).toContain('Name of bob');
    expect(entered).toBe(2);
  });

  it('one whose member was replaced while it signed in is nobody’s, and says so', async () => {
    await reader();
    const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/members/me', async (route) => {
      asked.resolve();
      await release.promise;
      await route.continue();
    });
    await page.goto(withToken(token('alice')));
    await asked.promise;
    await bobIn(await context.newPage());
    release.resolve();
    await someoneElse();
    await nobody();
    expect(await page.evaluate(() => Reflect.get(window, 'errors'))).toEqual([]);
  });
});

it('a member who is banned while writing is told so, and sees what strangers see', async () => {
  await reader();
  await somchaiSays('Something to answer');
  const { token: admin } = await sites.forum.admin();
  await page.goto(withToken(token('carol')));
  await writesAs('carol');
  await live();
  await inFrame().locator('#new-comment').fill('Before the ban');
  const id = await inFrame().locator('input[name=as]').first().inputValue();
  const ban = { token: admin, body: { kind: 'ban', reason: 'spam' } };
  await sites.forum.done('POST', `/api/v1/members/${id}/sanctions`, ban);
  await inFrame().getByRole('status').getByText('This account was banned').waitFor();
  await inFrame().getByRole('button', { name: 'Post comment' }).click();
  await inFrame().locator('.delivery.refused').getByText('This account was banned').waitFor();
  await somchaiSays('Told to everybody');
  await inFrame().getByText('Told to everybody', { exact: true }).waitFor();
  expect(await inFrame().getByText('You are not signed in').count()).toBe(0);
  await page.goto(hostPage('/follows'));
  await inFrame().getByText('This account was banned').waitFor();
  await inFrame().getByText('Told to everybody', { exact: true }).waitFor();
});

it('a member who is banned is told so at each page of the blog, with the way to appeal, and is no guest there', async () => {
  await reader();
  const { token: admin } = await sites.forum.admin();
  await somchaiSays('Something to answer');
  await sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { guests: true } });
  await page.goto(withToken(token('dave')));
  await writesAs('dave');
  const id = await inFrame().locator('input[name=as]').first().inputValue();
  const ban = { token: admin, body: { kind: 'ban', reason: 'spam' } };
  await sites.forum.done('POST', `/api/v1/members/${id}/sanctions`, ban);
  for (let load = 0; load < 3; load += 1) {
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/embed/sessions'));
    await page.goto(withToken(token('dave')));
    expect((await answered).status()).toBe(403);
    const told = inFrame().getByRole('status').filter({ hasText: 'This account was banned' });
    await told.getByRole('link', { name: 'Appeal' }).waitFor();
    expect(await told.count()).toBe(1);
    await inFrame().locator('textarea:visible').waitFor({ state: 'hidden' });
  }
  await page.goto(withToken(''));
  await inFrame().locator('textarea:visible').waitFor();
  expect(await inFrame().getByText('This account was banned').count()).toBe(0);
  await sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { guests: false } });
});

it('a member who is banned is forgotten once the page around the frame says by script that nobody is signed in there', async () => {
  await reader();
  const { token: admin } = await sites.forum.admin();
  await sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { guests: true } });
  await page.goto(withToken(token('heidi')));
  await writesAs('heidi');
  const id = await inFrame().locator('input[name=as]').first().inputValue();
  const ban = { token: admin, body: { kind: 'ban', reason: 'spam' } };
  await sites.forum.done('POST', `/api/v1/members/${id}/sanctions`, ban);
  await page.goto(withToken(''));
  await inFrame().locator('textarea:visible').waitFor();
  const says = (sso: string): Promise<unknown> =>
    page.evaluate((word) => document.querySelector('colloquy-discussion')?.setAttribute('sso', word), sso);
  await says(token('heidi'));
  const told = inFrame().getByText('This account was banned');
  await told.waitFor();
  await says('');
  await inFrame().locator('textarea:visible').waitFor();
  expect(await told.count()).toBe(0);
  await sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { guests: false } });
});

it('a member who is banned is no guest on the frame’s own pages either, until the ban ends or the page around says so', async () => {
  await reader();
  const { token: admin } = await sites.forum.admin();
  await somchaiSays('To be sorted');
  await sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { guests: true } });
  await page.goto(withToken(token('frank')));
  await writesAs('frank');
  const id = await inFrame().locator('input[name=as]').first().inputValue();
  const ban = { token: admin, body: { kind: 'ban', reason: 'spam' } };
  await sites.forum.done('POST', `/api/v1/members/${id}/sanctions`, ban);
  // A browser that never had a session of theirs.
  await context.close();
  await reader();
  const told = inFrame().getByRole('status').filter({ hasText: 'This account was banned' });
  const isTold = async (): Promise<void> => {
    await told.getByRole('link', { name: 'Appeal' }).waitFor();
    expect([await told.count(), await inFrame().locator('textarea:visible').count()]).toEqual([1, 0]);
  };
  const isForgotten = async (): Promise<void> => {
    await inFrame().locator('textarea:visible').waitFor();
    expect(await told.count()).toBe(0);
  };
  await page.goto(withToken(token('frank')));
  await isTold();
  await inFrame().getByRole('link', { name: 'Newest' }).click();
  await inFrame().locator('.sort [aria-current]', { hasText: 'Newest' }).waitFor();
  await isTold();
  await (await framed()).evaluate(() => {
    document.body.dataset['before'] = '';
    location.reload();
  });
  await inFrame().locator('body:not([data-before]) .frame-foot').waitFor();
  await isTold();
  await page.goto(hostPage('/follows'));
  await isTold();
  // Somebody else signs in there, who is banned no less, and nobody.
  await page.goto(withToken(token('grace')));
  await writesAs('grace');
  await page.goto(withToken(token('frank')));
  await isTold();
  await page.goto(hostPage('/follows'));
  await isTold();
  await page.goto(withToken(''));
  await isForgotten();
  await page.goto(withToken(token('frank')));
  await isTold();
  await sites.forum.call('DELETE', `/api/v1/members/${id}/sanctions/ban`, { token: admin, body: {} });
  await page.goto(hostPage('/follows'));
  await isForgotten();
  await sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { guests: false } });
}, 60_000);

it('a member who is suspended while writing is told until when, with the way to the reason', async () => {
  await somchaiSays('Before the suspension');
  await reader();
  const { token: admin } = await sites.forum.admin();
  await page.goto(withToken(token('erin')));
  await writesAs('erin');
  await live();
  const id = await inFrame().locator('input[name=as]').first().inputValue();
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const suspension = { token: admin, body: { kind: 'suspension', reason: 'spam', until } };
  await sites.forum.done('POST', `/api/v1/members/${id}/sanctions`, suspension);
  await inFrame().locator('#new-comment').fill('Too late');
  await inFrame().getByRole('button', { name: 'Post comment' }).click();
  const refused = inFrame().locator('.delivery.refused');
  await refused.getByText(/You can read, but not write, until .*\d/).waitFor();
  expect(await refused.getByRole('link', { name: 'Read why' }).getAttribute('href')).toBe('/settings#sanctions');
});

describe('a confirmation in the window', () => {
  it('counts for the origin that it names, and for no other of the same domain', async () => {
    await reader();
    await page.goto(hostPage('/one'));
    await signInByHand();
    await page.goto(hostPage('/two', { site: 'sub.blog.test' }));
    await nobody();
    await live();
    const asked = (await framed()).evaluate(async () => (await fetch('/api/v1/members/me')).status);
    expect(await asked).toBe(401);
    await page.goto(hostPage('/three'));
    await writesAs('somchai');
    await live();
    await inFrame().locator('#new-comment').fill('Written here');
    await inFrame().getByRole('button', { name: 'Post comment' }).click();
    await inFrame().locator('.comment:not(.on-its-way)', { hasText: 'Written here' }).waitFor();
  });

  it('names the site on whose page the frame stands, whichever page is discussed there', async () => {
    const { token: admin } = await sites.forum.admin();
    const alias = { from: `${sites.site('other.test')}/old/`, to: `${sites.site('blog.test')}/new/` };
    await sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { pageAliases: [alias] } });
    await reader();
    const src = `${sites.origin}/embed?url=${encodeURIComponent(`${alias.to}peace`)}`;
    await page.goto(hostPage('/old/peace', { site: 'other.test', embed: `<iframe src="${src}"></iframe>` }));
    const window = await signInWindow();
    await window.getByLabel('Password', { exact: true }).waitFor();
    const asked = new URL(new URL(window.url()).searchParams.get('next') ?? '', sites.origin);
    expect(asked.searchParams.get('host')).toBe(sites.site('other.test'));
    await sites.forum.done('PATCH', '/api/v1/site', { token: admin, body: { pageAliases: [] } });
  });

  it('is asked in a tab where no window opens', async () => {
    await reader();
    await page.addInitScript(() => {
      window.open = () => null;
    });
    await page.goto(hostPage('/no-window'));
    const tab = await signInWindow();
    await tab.getByLabel('Password', { exact: true }).waitFor();
    await inFrame().locator('#not-kept').waitFor();
  });
});

describe('a text that is sent in a frame', () => {
  const fill = (text: string) => inFrame().locator('#new-comment').fill(text);
  const ready = () => inFrame().locator('#comment-form [role=toolbar]').waitFor();
  const isWritten = (text: string) => inFrame().locator('.comment:not(.on-its-way)', { hasText: text }).waitFor();
  const hide = async (): Promise<void> =>
    (await framed()).evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
  let puts: string[];
  const kept = async (): Promise<readonly string[]> =>
    (await sites.forum.done<ListPage<Draft>>('GET', '/api/v1/members/me/drafts', { token: somchai.token })).items.map(
      ({ body }) => body,
    );
  beforeEach(async () => {
    await reader();
    puts = [];
    context.on('request', (request) => {
      if (request.method() === 'PUT' && request.url().endsWith('/drafts')) puts.push(request.url());
    });
  });

  it('is no draft: the first of a page at once', async () => {
    await page.goto(hostPage('/first-at-once'));
    await signInByHand();
    await live();
    await inFrame().locator('#new-comment').focus();
    await ready();
    await fill('Sent at once');
    await inFrame().getByRole('button', { name: 'Post comment' }).click();
    await isWritten('Sent at once');
    await live();
    expect([puts, await kept()]).toEqual([[], []]);
  });

  it('is no draft where its keeping was on its way', async () => {
    await page.goto(hostPage('/keeping'));
    await signInByHand();
    await live();
    const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/members/me/drafts', async (route) => {
      asked.resolve();
      await release.promise;
      await route.continue();
    });
    await inFrame().locator('#new-comment').focus();
    await ready();
    await fill('Sent while it was kept');
    await hide();
    await asked.promise;
    await inFrame().getByRole('button', { name: 'Post comment' }).click();
    release.resolve();
    await isWritten('Sent while it was kept');
    await live();
    expect(await kept()).toEqual([]);
  });

  const denyStorage = (): Promise<unknown> =>
    page.addInitScript(() => {
      const denied = () => {
        throw new DOMException('denied', 'SecurityError');
      };
      for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get: denied });
    });

  /** The page around signs in another person, in whose place the frame of the one before still stands. */
  async function typesWhileReplaced(sub: string, text: string): Promise<() => Promise<void>> {
    await somchaiSays(`Before ${sub}`);
    await page.goto(withToken(token(sub)));
    await writesAs(sub);
    await live();
    const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    await page.route('**/embed/sessions', async (route) => {
      asked.resolve();
      await release.promise;
      await route.continue();
    });
    await page.goto(withToken(token('ben')));
    await asked.promise;
    await live();
    await inFrame().locator('#new-comment').focus();
    await ready();
    await page.keyboard.type(text);
    return async () => {
      const known = page.waitForResponse((answer) => answer.url().endsWith('/members/me'));
      release.resolve();
      await known;
      await page.unroute('**/embed/sessions');
    };
  }

  it.each(['pressed', 'typed'])(
    'is there again for whom another person came in place of while it was %s',
    async (how) => {
      const replace = await typesWhileReplaced(`ann-${how}`, `Only ${how}`);
      await replace();
      if (how === 'pressed') await inFrame().getByRole('button', { name: 'Post comment' }).click();
      else await inFrame().locator('#new-comment').blur();
      await writesAs('ben');
      await live();
      expect(await inFrame().getByText(`Only ${how}`).count()).toBe(0);
      await page.goto(withToken(token(`ann-${how}`)));
      await writesAs(`ann-${how}`);
      await live();
      if (how === 'pressed') await inFrame().locator('.comment', { hasText: 'Only pressed' }).waitFor();
      else await until(async () => (await inFrame().locator('#new-comment').inputValue()) === 'Only typed');
    },
    60_000,
  );

  it('stays where it stands while another person is signed in, where the browser gives no storage, and is not left unasked', async () => {
    await denyStorage();
    const replace = await typesWhileReplaced('ann', 'Of Ann alone');
    const come: string[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) come.push(request.url());
    });
    // Nobody is in the field, so that the frame would come at once.
    const field = inFrame().locator('#new-comment');
    await field.blur();
    await replace();
    await someoneElse();
    await (await framed()).evaluate(() => fetch('/api/v1/members/me').then(({ status }) => status));
    expect([come, await field.inputValue()]).toEqual([[], 'Of Ann alone']);

    const asks = page.waitForEvent('dialog');
    const pressed = inFrame().getByRole('link', { name: 'Back to the discussion' }).click({ noWaitAfter: true });
    const question = await asks;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    await pressed;
    expect(await field.inputValue()).toBe('Of Ann alone');
    page.once('dialog', (again) => again.accept());
    await inFrame().getByRole('link', { name: 'Back to the discussion' }).click({ noWaitAfter: true });
    await nobody();
  }, 60_000);

  it('is one text where the browser gives the frame no storage, and no other device’s', async () => {
    await denyStorage();
    await page.goto(hostPage('/no-storage'));
    await signInByHand();
    await live();
    await inFrame().locator('#new-comment').focus();
    await ready();
    await fill('One');
    await until(async () => (await kept()).includes('One'));
    await fill('One and more');
    await hide();
    await until(async () => (await kept()).includes('One and more'));
    expect(await inFrame().locator('.composing-newer').count()).toBe(0);
    await inFrame().getByRole('button', { name: 'Post comment' }).click();
    await isWritten('One and more');
    expect(await kept()).toEqual([]);
  });

  it('is kept before it is sent, beside an older one that then is back, where the browser gives no storage', async () => {
    await denyStorage();
    await page.goto(hostPage('/older'));
    await signInByHand();
    await live();
    const { id } = await sites.forum.done<Post>('PUT', '/api/v1/pages', {
      body: { url: `${sites.site('blog.test')}/older` },
    });
    const older = { postId: id, parentId: null, commentId: null, body: 'An older one', over: null };
    await sites.forum.done('PUT', '/api/v1/members/me/drafts', { token: somchai.token, body: older });
    const looked = Promise.withResolvers<void>();
    await page.route('**/members/me/drafts?*', async (route) => {
      await looked.promise;
      await route.continue();
    });
    await inFrame().locator('#new-comment').focus();
    await page.keyboard.type('Typed since');
    looked.resolve();
    await inFrame().locator('.composing-newer').getByText('An older text of yours is kept here.').waitFor();
    await until(async () => (await kept()).join() === 'Typed since\n\n---\n\nAn older one');
    await inFrame().locator('.composing-newer').getByText('An older one').waitFor();
    await inFrame().getByRole('button', { name: 'Show it' }).click();
    expect(await inFrame().locator('#new-comment').inputValue()).toBe('An older one');
    await hide();
    await until(async () => (await kept()).join() === 'An older one');

    await page.reload();
    await writesAs('somchai');
    await live();
    await inFrame().locator('#new-comment').focus();
    await page.keyboard.type('Sent now');
    await inFrame().locator('.composing-newer').waitFor();
    await inFrame().getByRole('button', { name: 'Post comment' }).click();
    await isWritten('Sent now');
    await until(async () => (await kept()).join() === 'An older one');
  });

  it('leaves an older one where it is until its writer chose, where the browser gives no storage', async () => {
    await denyStorage();
    await page.goto(hostPage('/not-chosen'));
    await signInByHand();
    await live();
    const { id } = await sites.forum.done<Post>('PUT', '/api/v1/pages', {
      body: { url: `${sites.site('blog.test')}/not-chosen` },
    });
    const here = async (): Promise<string> =>
      (
        await sites.forum.done<ListPage<Draft>>('GET', `/api/v1/members/me/drafts?postId=${id}`, {
          token: somchai.token,
        })
      ).items
        .map(({ body }) => body)
        .join();
    const older = { postId: id, parentId: null, commentId: null, body: 'Of yesterday', over: null };
    await sites.forum.done('PUT', '/api/v1/members/me/drafts', { token: somchai.token, body: older });
    const looked = Promise.withResolvers<void>();
    await page.route('**/members/me/drafts?*', async (route) => {
      await looked.promise;
      await route.continue();
    });
    const field = inFrame().locator('#new-comment');
    await field.focus();
    await page.keyboard.type('Of today');
    looked.resolve();
    await inFrame().locator('.composing-newer').getByText('Of yesterday').waitFor();
    await hide();
    await until(async () => (await here()) === 'Of today\n\n---\n\nOf yesterday');
    await field.fill('');
    await hide();
    await until(async () => (await here()) === 'Of yesterday');
    await field.fill('Of tonight');
    await hide();
    await until(async () => (await here()) === 'Of tonight\n\n---\n\nOf yesterday');

    // Nothing was chosen, and the page is gone.
    await page.reload();
    await writesAs('somchai');
    await live();
    await field.focus();
    await inFrame().locator('#comment-form [role=toolbar]').waitFor();
    await until(async () => (await field.inputValue()) === 'Of tonight\n\n---\n\nOf yesterday');
    await field.fill('Of tonight');
    await hide();
    await until(async () => (await here()) === 'Of tonight');
  });

  it('is told as kept nowhere, and leaving asks, where neither browser nor forum keeps it with the older one', async () => {
    await denyStorage();
    const url = hostPage('/too-long');
    const { id } = await sites.forum.done<Post>('PUT', '/api/v1/pages', { body: { url } });
    const older = { postId: id, parentId: null, commentId: null, body: 'o'.repeat(6_000), over: null };
    await sites.forum.done('PUT', '/api/v1/members/me/drafts', { token: somchai.token, body: older });
    await page.goto(url);
    await signInByHand();
    await live();
    const looked = Promise.withResolvers<void>();
    await page.route('**/members/me/drafts?*', async (route) => {
      await looked.promise;
      await route.continue();
    });
    const field = inFrame().locator('#new-comment');
    await field.focus();
    await page.keyboard.type('Typed since');
    await fill(`Typed since ${'t'.repeat(5_000)}`);
    looked.resolve();
    const told = inFrame().getByRole('status').filter({ hasText: 'This text is kept nowhere yet.' });
    await told.waitFor();
    const asked: string[] = [];
    page.on('dialog', async (dialog) => {
      asked.push(dialog.type());
      await dialog.accept();
    });
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    await writesAs('somchai');
    await live();
    expect((await kept()).includes(older.body)).toBe(true);
    await field.focus();
    await until(async () => (await field.inputValue()) === older.body);
    await fill('Short again');
    await hide();
    await until(async () => (await kept()).includes('Short again'));
    expect(await told.count()).toBe(0);
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
  });

  it('is not kept above an older one that begins with it, where the browser gives no storage', async () => {
    await denyStorage();
    const url = hostPage('/stacked');
    const { id } = await sites.forum.done<Post>('PUT', '/api/v1/pages', { body: { url } });
    const older = { postId: id, parentId: null, commentId: null, body: 'Two\n\n---\n\nOne', over: null };
    await sites.forum.done('PUT', '/api/v1/members/me/drafts', { token: somchai.token, body: older });
    await page.goto(url);
    await signInByHand();
    await live();
    const looked = Promise.withResolvers<void>();
    await page.route('**/members/me/drafts?*', async (route) => {
      await looked.promise;
      await route.continue();
    });
    await inFrame().locator('#new-comment').focus();
    await page.keyboard.type('Two');
    looked.resolve();
    await inFrame().locator('.composing-newer').waitFor();
    await fill('Two and more');
    await hide();
    await until(async () => (await kept()).some((body) => body.startsWith('Two and more')));
    expect(await kept()).toContain('Two and more\n\n---\n\nOne');
  });

  it('is an edit that no draft of it takes the place of unasked, where the browser gives no storage', async () => {
    await denyStorage();
    const url = hostPage('/edited');
    const { id: postId } = await sites.forum.done<Post>('PUT', '/api/v1/pages', { body: { url } });
    const { id: commentId } = await sites.forum.comment(somchai, postId, { body: 'My words' });
    const draft = { postId, parentId: null, commentId, body: 'My words of yesterday', over: null };
    await sites.forum.done('PUT', '/api/v1/members/me/drafts', { token: somchai.token, body: draft });
    await page.goto(url);
    await signInByHand();
    await live();
    const looked = Promise.withResolvers<void>();
    await page.route('**/members/me/drafts?*', async (route) => {
      await looked.promise;
      await route.continue();
    });
    await inFrame().locator(`#comment-${commentId} [data-action=edit]`).click();
    const field = inFrame().locator(`#edit-${commentId}`);
    await field.fill('My words of today');
    looked.resolve();
    await inFrame().locator('.composing-newer').getByText('My words of yesterday').waitFor();
    expect(await field.inputValue()).toBe('My words of today');
  });
});

it('a message of any shape from the page around it does a frame no harm', async () => {
  const faults = await reader();
  await page.goto(hostPage('/hostile-shapes'));
  await live();
  await page.evaluate(() => {
    const wrong = { toString: 1 };
    const all = ['hello', 'theme', 'sso', wrong].flatMap((kind) =>
      [wrong, [], 7, null].map((value) => ({ kind, theme: value, token: value, comment: value })),
    );
    for (const message of [...all, null, 7, []]) {
      document.querySelector('iframe')?.contentWindow?.postMessage({ colloquy: message }, '*');
    }
    document.querySelector('iframe')?.contentWindow?.postMessage({ colloquy: { kind: 'theme', theme: 'dark' } }, '*');
  });
  await inFrame().locator('html[data-theme="dark"]').waitFor();
  expect(faults).toEqual([]);
});
