import { escapedXml } from './xml-text.ts';

/** The most addresses of one file: fewer than the 50,000 that one may have, so that the longest ones stay below its 50 MiB (sitemaps.org). */
export const MOST_IN_SITEMAP = 10_000;

/** The names of the files for so many posts beside the other addresses; null where one file has room for all. */
export function sitemapParts({
  lists,
  posts,
}: {
  readonly lists: number;
  readonly posts: number;
}): readonly string[] | null {
  if (lists + posts <= MOST_IN_SITEMAP) return null;
  return ['lists', ...Array.from({ length: Math.ceil(posts / MOST_IN_SITEMAP) }, (_, n) => `${n + 1}`)];
}

export interface SitemapPlace {
  /** Whole, 2,048 characters at most. */
  readonly url: string;
  /** RFC 3339; null where nothing says. */
  readonly changedAt: string | null;
}

const HEAD = '<?xml version="1.0" encoding="utf-8"?>\n';
const SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

export function writeSitemap(places: readonly SitemapPlace[]): string {
  return `${HEAD}<urlset ${SPACE}>\n${places.map((one) => placed('url', one)).join('')}</urlset>\n`;
}

/** A list of sitemaps by their addresses. */
export function writeSitemapIndex(places: readonly SitemapPlace[]): string {
  return `${HEAD}<sitemapindex ${SPACE}>\n${places.map((one) => placed('sitemap', one)).join('')}</sitemapindex>\n`;
}

function placed(element: 'url' | 'sitemap', { url, changedAt }: SitemapPlace): string {
  const changed = changedAt === null ? '' : `<lastmod>${escapedXml(changedAt)}</lastmod>`;
  return `<${element}><loc>${escapedXml(url)}</loc>${changed}</${element}>\n`;
}
