import { randomUUID } from 'node:crypto';
import { createSigner } from 'fast-jwt';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, FrameLocator, Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import { launchBrowser } from '../support/browser.ts';
import { PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { FINDS_SITES, startTwoSites, type TwoSites } from '../support/two-sites.ts';
import { denyStorage } from './deny-storage.ts';
import { PATIENCE_MS } from './forum-in-browser.ts';

const SECRET = 'a secret of the blog and the forum, long enough';
/** The sites that an admin has named. */
export const NAMES = ['blog.test', 'other.test', 'sub.blog.test'];

/** A blog with a forum in its pages, which signs its own members in there, and a reader in a browser; for the tests of one file. */
export class BlogInBrowser {
  readonly sites: TwoSites;
  readonly somchai: TestMember;
  readonly #browser: Browser;
  #context: BrowserContext | undefined;
  #page: Page | undefined;

  private constructor(sites: TwoSites, browser: Browser, somchai: TestMember) {
    this.sites = sites;
    this.#browser = browser;
    this.somchai = somchai;
  }

  static async open(): Promise<BlogInBrowser> {
    const started = startTwoSites(() => ({ SSO_SECRET: SECRET }));
    const [sites, browser] = await Promise.all([started, launchBrowser(FINDS_SITES)]);
    const blog = new BlogInBrowser(sites, browser, await sites.forum.member('somchai'));
    await blog.namesSites(NAMES);
    return blog;
  }

  /** Undefined when the file's `beforeAll` failed: then there is nothing to close. */
  static async close(open: BlogInBrowser | undefined): Promise<void> {
    if (!open) return;
    await open.#browser.close();
    await open.sites.close();
  }

  get page(): Page {
    if (!this.#page) throw new Error('nobody reads');
    return this.#page;
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('nobody reads');
    return this.#context;
  }

  /** A reader with a browser of their own, and the faults of the programs there. */
  async reader(): Promise<readonly string[]> {
    this.#context = await this.#browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB' });
    this.#page = await this.#context.newPage();
    this.#page.setDefaultTimeout(PATIENCE_MS);
    const faults: string[] = [];
    this.#page.on('pageerror', ({ message }) => faults.push(message));
    await this.#page.addInitScript(() => {
      const errors: unknown[] = [];
      Reflect.set(window, 'errors', errors);
      addEventListener('colloquy:error', (event) => errors.push(event instanceof CustomEvent && event.detail));
    });
    return faults;
  }

  /** A browser of its own, for readers with other settings. */
  newContext(options: BrowserContextOptions): Promise<BrowserContext> {
    return this.#browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-GB', ...options });
  }

  async leave(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
    this.#page = undefined;
  }

  script(attributes = ''): string {
    return `<script async src="${this.sites.origin}/embed.js" ${attributes}></script>`;
  }

  token(sub: string): string {
    const kept = { algorithm: 'HS256', key: SECRET, aud: this.sites.origin, expiresIn: 120_000 } as const;
    return createSigner({ ...kept, sub, jti: randomUUID() })({ name: `Name of ${sub}` });
  }

  /** A page of another site, and its address. */
  hostPage(path: string, { site = 'blog.test', embed = this.script() } = {}): string {
    const html = `<!doctype html><html lang="en"><head><title>Peace</title></head><body><h1>Peace</h1>${embed}</body></html>`;
    this.sites.pages.set(`${site}${path}`, { html });
    return `${this.sites.site(site)}${path}`;
  }

  withToken(sso: string, path = '/follows'): string {
    return this.hostPage(path, { embed: this.script(`data-sso="${sso}"`) });
  }

  /** The page around the frame says by script who reads it. */
  async says(sso: string): Promise<void> {
    await this.page.evaluate((word) => document.querySelector('colloquy-discussion')?.setAttribute('sso', word), sso);
  }

  inFrame(): FrameLocator {
    return this.page.frameLocator('iframe');
  }

  async framed(): Promise<Frame> {
    await this.inFrame().locator('.frame-foot').waitFor();
    const frame = this.page.frames().find((one) => one.url().includes('/embed?'));
    if (!frame) throw new Error('there is no frame');
    return frame;
  }

  writesAs(name: string): Promise<void> {
    return this.inFrame().getByText(`You write as Name of ${name}`).waitFor();
  }

  nobody(): Promise<void> {
    return this.inFrame().getByRole('link', { name: 'Sign in to comment' }).waitFor();
  }

  someoneElse(): Promise<void> {
    return this.inFrame().getByRole('status').getByText('Somebody else is signed in in this browser now').waitFor();
  }

  live(): Promise<void> {
    return this.inFrame().locator('#thread[data-connection="live"]').waitFor();
  }

  async discussionOn(path = '/follows'): Promise<Post> {
    const url = `${this.sites.site('blog.test')}${path}`;
    return await this.sites.forum.done<Post>('PUT', '/api/v1/pages', { body: { url } });
  }

  async somchaiSays(body: string, path = '/follows'): Promise<void> {
    const { id } = await this.discussionOn(path);
    await this.sites.forum.comment(this.somchai, id, { body });
  }

  /** An admin names the sites on whose pages the forum may stand, and no others. */
  async namesSites(names: readonly string[]): Promise<void> {
    const { token } = await this.sites.forum.admin();
    const body = { embedOrigins: names.map(this.sites.site) };
    await this.sites.forum.done('PATCH', '/api/v1/site', { token, body });
  }

  /** Whether people may write without an account. */
  async takesGuests(guests: boolean): Promise<void> {
    const { token } = await this.sites.forum.admin();
    await this.sites.forum.done('PATCH', '/api/v1/site', { token, body: { guests } });
  }

  async signInWindow(): Promise<Page> {
    await this.inFrame().locator('.frame-foot').waitFor();
    const link = this.inFrame().getByRole('link', { name: 'Sign in to comment' });
    const [window] = await Promise.all([this.context.waitForEvent('page'), link.click()]);
    window.setDefaultTimeout(PATIENCE_MS);
    return window;
  }

  async signInByHand(): Promise<void> {
    const window = await this.signInWindow();
    await window.getByLabel('Handle or e-mail').fill('somchai');
    await window.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await window.getByRole('button', { name: 'Sign in', exact: true }).click();
    const closed = window.waitForEvent('close');
    await window.getByRole('button', { name: 'Continue as Name of somchai' }).click();
    await closed;
    await this.writesAs('somchai');
  }

  async denyStorage(): Promise<void> {
    await this.page.addInitScript(denyStorage);
  }
}
