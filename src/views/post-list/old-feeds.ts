import { oldAddressKey } from '../../../libs/kernel/index.ts';
import type { Moved } from './post-list.query-types.ts';

/** The feed of a blog, of one of its posts, or of a list of them. */
export interface OldFeed {
  /** The key of the page that it is about; empty for the blog's own. */
  readonly of: string;
  readonly isAtom: boolean;
  /** Whether it has comments of the whole blog, for which the forum has no feed. */
  readonly ofComments: boolean;
}

const FEED = /^(.*?)(\/comments)?\/(?:feed|rss)(?:\/(?:feed|rss2?|rdf|atom))?$/;
const FILE = /^\/(?:feeds\/posts\/default|rss\.xml|atom\.xml|index\.xml)$/;
const NAMED = /(?:^|&)feed=(?:(?:comments-)?(?:rss2?|rdf|atom))(?:&|$)/;

/** Null for what is the address of no feed, as blogs have them. */
export function oldFeedAt(address: string): OldFeed | null {
  const key = oldAddressKey(address) ?? '';
  const [, query = ''] = address.split('#', 1)[0]?.split('?', 2) ?? [];
  const [named] = NAMED.exec(query) ?? [];
  if (named !== undefined && !key.startsWith('?'))
    return { of: key, isAtom: named.includes('atom'), ofComments: key === '' && named.includes('comments-') };
  if (FILE.test(key)) return { of: '', isAtom: !key.includes('rss') && !key.includes('index'), ofComments: false };
  const [, of, comments] = FEED.exec(key) ?? [];
  return of === undefined
    ? null
    : { of, isAtom: key.endsWith('/atom'), ofComments: of === '' && comments !== undefined };
}

/** The forum's feed beside a page; the page itself where it has none. */
export function feedBeside({ path, lasts }: Moved, { isAtom, ofComments }: OldFeed): Moved {
  const file = isAtom ? 'feed.atom' : 'feed.xml';
  if (path === '/') return { path: `/${file}`, lasts: lasts && !ofComments };
  return /^\/(?:posts|tags|members)\/[^/]+$/.test(path) ? { path: `${path}/${file}`, lasts } : { path, lasts: false };
}
