import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { unlessMissing } from '../support/left-out.ts';
import { OidcHouse } from '../support/oidc-house.ts';
import { complaintsOfAxe, overhang } from './axe.ts';
import { ForumInBrowser } from './forum-in-browser.ts';
import { BLOG, furnish, pagesOf, type WalkedPage } from './walked-forum.ts';

const LONG = process.env['COLLOQUY_LONG'] !== undefined;
const whenLong = unlessMissing(LONG ? null : 'COLLOQUY_LONG is not set');

/** Themes and widths in pixels: a small phone or 400 % of zoom, a usual phone, a desktop. */
const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [320, 390, 1440].map((width) => ({ colorScheme, width })),
);
type Look = (typeof LOOKS)[number];

let house: OidcHouse | undefined;
let site: ForumInBrowser;
let pages: readonly WalkedPage[];

beforeAll(async () => {
  house = await OidcHouse.open();
  site = await ForumInBrowser.open({ ...house.settings('HOUSE'), EMBED_ORIGINS: BLOG }, { reacts: true });
  house.serve([`${site.forum.url}/sign-in/oidc/house/callback`]);
  house.person = { sub: 'somebody', name: 'Somebody', email_verified: false };
  pages = pagesOf(await furnish(site.forum));
}, 60_000);
afterAll(async () => {
  await ForumInBrowser.close(site);
  await house?.close();
});

/** A page for each person who walks, by who it is. */
class Walkers {
  readonly #look: Look;
  readonly #pages = new Map<WalkedPage['as'], Page>();

  constructor(look: Look) {
    this.#look = look;
  }

  /** What is wrong on that page. */
  async at({ path, as }: WalkedPage): Promise<readonly string[]> {
    const page = await this.#pageOf(as);
    const { colorScheme, width } = this.#look;
    const answer = await page.goto(path);
    const wrong = [...(await complaintsOfAxe(page))];
    const over = await overhang(page);
    if (over > 0) wrong.push(`${over} px too wide`);
    if ((answer?.status() ?? 500) >= 500) wrong.push(`answered ${answer?.status()}`);
    const where = `${path} as ${as?.member.handle ?? 'a reader'}, ${colorScheme}, ${width} px`;
    return wrong.map((one) => `${where}: ${one}`);
  }

  async close(): Promise<void> {
    for (const page of this.#pages.values()) await page.context().close();
  }

  async #pageOf(as: WalkedPage['as']): Promise<Page> {
    const known = this.#pages.get(as);
    if (known) return known;
    const { colorScheme, width } = this.#look;
    // The checks are put in by the test itself, past the policy that keeps scripts of others out.
    const { page } = await site.reader({
      ...(as && { as }),
      colorScheme,
      viewport: { width, height: 800 },
      bypassCSP: true,
    });
    this.#pages.set(as, page);
    return page;
  }
}

async function walk(look: Look, walked: readonly WalkedPage[]): Promise<readonly string[]> {
  const walkers = new Walkers(look);
  const wrong: string[] = [];
  for (const page of walked) wrong.push(...(await walkers.at(page)));
  await walkers.close();
  return wrong;
}

describe('axe finds nothing, and nothing is wider than the screen', () => {
  it.each(LOOKS.map((look, n) => [look.colorScheme, look.width, n] as const))(
    'in %s at %d px, on every sixth page',
    async (colorScheme, width, n) => {
      const share = pages.filter((_, index) => index % LOOKS.length === n);

      expect(await walk({ colorScheme, width }, share)).toEqual([]);
    },
    120_000,
  );

  whenLong.describe('with all pages', () => {
    it.each(LOOKS)(
      'in $colorScheme at $width px',
      async (look) => {
        expect(await walk(look, pages)).toEqual([]);
      },
      600_000,
    );
  });

  it('has a page for every route that answers with one', () => {
    const isPage = ({ method, pattern }: { readonly method: string; readonly pattern: string }): boolean =>
      method === 'GET' && !NO_PAGES.some((start) => pattern.startsWith(start));
    const walked = pages.map(({ path }) => new URL(path, site.forum.url).pathname);
    const missed = site.forum.forum.routes.routes
      .filter(isPage)
      .map(({ pattern }) => pattern)
      .filter((pattern) => !walked.some((path) => formOf(pattern).test(path)));

    expect(missed).toEqual(LED_ON);
  });
});

/** What is for programs, and files; mails are looked at where they are made. */
const NO_PAGES = [
  '/admin/import/:id/',
  '/admin/outbox/:name/',
  '/api',
  '/assets',
  '/brand',
  '/images',
  '/health',
  '/metrics',
  '/feed',
  '/posts/:slug/feed',
  '/tags/:tag/feed',
  '/members/:handle/feed',
  '/sitemap',
  '/robots.txt',
  '/embed.js',
  '/counts',
  '/oembed',
  '/.well-known',
  '/audit/verifier.mjs',
  '/sw.js',
  '/manifest.webmanifest',
];
/** Routes that lead to a page of another one. */
const LED_ON: readonly string[] = ['/comments/:id'];

function formOf(pattern: string): RegExp {
  const parts = pattern.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part));
  return new RegExp(`^${parts.join('/')}$`);
}
