import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { ForumParts } from '../../src/composition/forum.ts';
import type { Environment } from '../../src/config.ts';
import { launchBrowser } from '../support/browser.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { countReader } from './opened-readers.ts';

/** How long a test waits for what must happen in a page, in milliseconds; a busy machine needs most of it. */
export const PATIENCE_MS = 20_000;

/** Somebody with a browser of their own. */
export interface Reader {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What the page's console and its content security policy complained of. */
  readonly complaints: readonly string[];
}

export interface ReaderOptions extends BrowserContextOptions {
  /** Signed in as this member. */
  readonly as?: TestMember;
  /** Where the reader reaches the forum, unless directly. */
  readonly url?: string;
}

/** A forum and a browser for the tests of one file. */
export class ForumInBrowser {
  readonly forum: RunningForum;
  readonly browser: Browser;

  private constructor(forum: RunningForum, browser: Browser) {
    this.forum = forum;
    this.browser = browser;
  }

  static async open(env: Environment = {}, parts: ForumParts = {}): Promise<ForumInBrowser> {
    const [forum, browser] = await Promise.all([startForum({ env, ...parts }), launchBrowser()]);
    return new ForumInBrowser(forum, browser);
  }

  /** Undefined when the file's `beforeAll` failed: then there is nothing to close. */
  static async close(open: ForumInBrowser | undefined): Promise<void> {
    await open?.browser.close();
    await open?.forum.close();
  }

  /** It is closed when the test ends that opened it. */
  async reader({ as, url = this.forum.url, ...options }: ReaderOptions = {}): Promise<Reader> {
    const context = await this.browser.newContext({ baseURL: url, locale: 'en-GB', ...options });
    if (as)
      await context.addCookies([{ name: 'colloquy_session', value: as.token, url, httpOnly: true, sameSite: 'Lax' }]);
    countReader(context);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    return { page, context, complaints };
  }
}

/** The texts of the comments that a page shows, in its order. */
export function commentTexts(page: Page): Promise<readonly string[]> {
  return page.locator('#thread .comment > article > .body').allInnerTexts();
}

/** Resolves when the thread on the page is live; its quiet controls come with the live part. */
export async function live(page: Page): Promise<void> {
  await page.locator('#thread[data-connection="live"]').waitFor();
}

/** The forum refuses the first try to go live, for one second, as it does when it is full; gives the tries. */
export async function refuseLiveOnce(context: BrowserContext, code: string): Promise<readonly number[]> {
  const tries: number[] = [];
  const data = { code, detail: 'Try again in 1 s.', retryAfterSeconds: 1 };
  await context.routeWebSocket(/\/socket\.io\//, (reader) => {
    const forum = reader.connectToServer();
    reader.onMessage((message) => {
      const isTry = String(message).startsWith('40/live');
      if (isTry) tries.push(Date.now());
      if (isTry && tries.length === 1) reader.send(`44/live,${JSON.stringify({ message: data.detail, data })}`);
      else forum.send(message);
    });
  });
  return tries;
}
