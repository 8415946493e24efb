import { type DomainError, deriveId } from '../../../libs/kernel/index.ts';
import { MOST_PAGE_ADDRESS } from '../../../libs/words/index.ts';
import { invalid } from '../text.ts';
import { afterAliases, formerOrigins, NO_PAGE_RULES, type PageRules, tellsPagesApart } from './page-rules.ts';
import { slugOf } from './slug.ts';

/** Percent-encoded octets; of these, letters, digits and `-._~` mean the same unencoded (RFC 3986, 6.2.2). */
const ENCODED = /%[0-9a-f]{2}/giu;
const UNRESERVED = /^[\w.~-]$/u;

/** A page of another site: its one address, and its origin, by which the site allows it. */
export interface PageAddress {
  readonly url: string;
  readonly origin: string;
}

/**
 * The one address of a page, however it was reached: scheme, host in lower case and Punycode, path, and the query
 * sorted by name without what follows readers around; no fragment. The rules say where pages have moved, and which
 * parameters count. Throws DomainError `invalid` for another scheme, an address with credentials, one that is too long,
 * and what is no address.
 */
export function pageAddress(text: string, { pageAliases, pageQueries }: PageRules = NO_PAGE_RULES): PageAddress {
  const { href } = plainAddress(text);
  const there = afterAliases(href, pageAliases);
  const url = new URL(there.length > MOST_PAGE_ADDRESS ? href : there);
  for (const name of new Set(url.searchParams.keys()))
    if (!tellsPagesApart(name, url.origin, pageQueries)) url.searchParams.delete(name);
  url.searchParams.sort();
  // An empty query is none.
  if (url.searchParams.size === 0) url.search = '';
  if (url.href.length > MOST_PAGE_ADDRESS) throw tooLong();
  return { url: url.href, origin: url.origin };
}

/** The origins of the pages that a page's address stands for: its own, and those from which an alias leads there. */
export function originsOf(address: string, { pageAliases }: Pick<PageRules, 'pageAliases'>): readonly string[] {
  return [new URL(address).origin, ...formerOrigins(address, pageAliases)];
}

/** The beginning of addresses, for an alias. Throws DomainError `invalid` as `pageAddress`, and for a query or fragment. */
export function addressPrefix(text: string): string {
  const url = plainAddress(text);
  if (/[?#]/u.test(text)) throw invalid('url', 'must have no query and no fragment');
  return url.href;
}

function plainAddress(text: string): URL {
  if (text.length > MOST_PAGE_ADDRESS) throw tooLong();
  const trimmed = text.trim();
  // A parser of URLs leaves some control characters out and keeps others: what names one page here is none there.
  const isPlain = /^https?:\/\/[^/\\]/iu.test(trimmed) && !/\p{Cc}/u.test(trimmed);
  const url = isPlain ? URL.parse(trimmed) : null;
  if (url === null) throw invalid('url', 'must be an http(s) address');
  if (url.username !== '' || url.password !== '') throw invalid('url', 'must have no name and no password');
  url.hash = '';
  url.pathname = url.pathname.replace(ENCODED, plainest);
  return url;
}

function tooLong(): DomainError {
  return invalid('url', `must have ${MOST_PAGE_ADDRESS} characters at most`);
}

function plainest(encoded: string): string {
  const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16));
  return UNRESERVED.test(character) ? character : encoded.toUpperCase();
}

/** The id of the post that stands for a page: the same on every node, so that a page has one discussion. */
export function pageId({ url }: Pick<PageAddress, 'url'>): string {
  return deriveId('page', url);
}

/** The page in words: its host and path, as a reader would type them. */
export function pageInWords({ url }: Pick<PageAddress, 'url'>): string {
  const { host, pathname } = new URL(url);
  return `${host}${readable(pathname)}`.replace(/\/$/u, '');
}

/** The name of its discussion in the forum's addresses; the same for everybody who finds the page first. */
export function pageSlug(page: Pick<PageAddress, 'url'>): string {
  return `${slugOf(pageInWords(page))}-${pageId(page).slice(0, 8)}`;
}

/** Octets that are no UTF-8 stay encoded. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
