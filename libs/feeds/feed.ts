import type { AtomFeed, JsonFeed, RssFeed } from 'feedsmith';
import { FEED_TYPES, type FeedFormat } from './port.ts';
import { fitForXml } from './xml-text.ts';

export interface FeedAuthor {
  readonly name: string;
  readonly url?: string;
}

/** A text of a feed. All addresses are whole. */
export interface FeedItem {
  /** A URI that stays the same whatever changes. */
  readonly id: string;
  readonly url: string;
  /** Plain text. */
  readonly title: string;
  readonly html: string;
  readonly author: FeedAuthor | null;
  readonly tags: readonly string[];
  /** RFC 3339. */
  readonly publishedAt: string;
  readonly editedAt: string | null;
  /** BCP 47; null where nobody said. */
  readonly language: string | null;
}

/** What a feed has, in whatever format. */
export interface FeedContents {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** The page that shows the same. */
  readonly page: string;
  /** The addresses of the feed itself. */
  readonly self: Readonly<Record<FeedFormat, string>>;
  /** The hub that is told when it changes (WebSub); null for none. */
  readonly hub: string | null;
  /** The name of the forum, for texts without an author. */
  readonly site: string;
  /** Newest first. */
  readonly items: readonly FeedItem[];
}

/** The library takes a while to load, so it comes with the first feed. */
const library = () => import('feedsmith');

/** The feed as RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1. No text that people write breaks it. */
export async function writeFeed(format: FeedFormat, feed: FeedContents): Promise<string> {
  const { generateAtomFeed, generateJsonFeed, generateRssFeed } = await library();
  const fit = fitted(feed);
  switch (format) {
    case 'rss':
      return withoutPadding(generateRssFeed(asRss(fit)));
    case 'atom':
      return withoutPadding(generateAtomFeed(asAtom(fit)));
    case 'json':
      return `${JSON.stringify(withItems(generateJsonFeed(asJson(fit)), fit))}\n`;
    default:
      return format satisfies never;
  }
}

/** A feed must say when it changed: an empty one has not changed yet. */
const NEVER = '1970-01-01T00:00:00.000Z';

function changedAt({ items }: FeedContents): Date {
  const newest = items.reduce((at, item) => (updatedAt(item) > at ? updatedAt(item) : at), NEVER);
  return new Date(newest);
}

function updatedAt({ publishedAt, editedAt }: FeedItem): string {
  return editedAt !== null && editedAt > publishedAt ? editedAt : publishedAt;
}

function fitted(feed: FeedContents): FeedContents {
  return {
    ...feed,
    title: line(feed.title),
    description: line(feed.description) || line(feed.title),
    site: line(feed.site),
    items: feed.items.map((item) => ({
      ...item,
      title: line(item.title),
      html: fitForXml(item.html),
      author: item.author && { ...item.author, name: line(item.author.name) },
      tags: item.tags.map(line),
    })),
  };
}

function line(text: string): string {
  return fitForXml(text).replaceAll(/\s+/g, ' ').trim();
}

function hubLinks({ hub }: FeedContents): readonly { readonly rel: 'hub'; readonly href: string }[] {
  return hub === null ? [] : [{ rel: 'hub', href: hub }];
}

function asRss(feed: FeedContents): RssFeed.Feed<Date> {
  return {
    title: feed.title,
    link: feed.page,
    description: feed.description,
    language: feed.language,
    lastBuildDate: changedAt(feed),
    atom: {
      links: [{ rel: 'self', type: FEED_TYPES.rss, href: feed.self.rss }, ...hubLinks(feed)],
    },
    items: feed.items.map((item) => ({
      title: item.title,
      link: item.url,
      guid: { value: item.id, isPermaLink: false },
      description: item.html,
      pubDate: new Date(item.publishedAt),
      categories: item.tags.map((name) => ({ name })),
      // The element of RSS itself takes e-mail addresses alone.
      ...(item.author && { dc: { creators: [item.author.name] } }),
      ...(item.language !== null && { xml: { lang: item.language } }),
    })),
  };
}

function asAtom(feed: FeedContents): AtomFeed.Feed<Date> {
  return {
    id: feed.self.atom,
    title: { value: feed.title, type: 'text' },
    subtitle: { value: feed.description, type: 'text' },
    updated: changedAt(feed),
    authors: [{ name: feed.site }],
    links: [
      { rel: 'self', type: FEED_TYPES.atom, href: feed.self.atom },
      { rel: 'alternate', type: 'text/html', href: feed.page },
      ...hubLinks(feed),
    ],
    xml: { lang: feed.language },
    entries: feed.items.map((item) => ({
      id: item.id,
      title: { value: item.title, type: 'text' },
      links: [{ rel: 'alternate', type: 'text/html', href: item.url }],
      published: new Date(item.publishedAt),
      updated: new Date(updatedAt(item)),
      content: { value: item.html, type: 'html' },
      categories: item.tags.map((term) => ({ term })),
      ...(item.author && { authors: [{ name: item.author.name, ...(item.author.url && { uri: item.author.url }) }] }),
      ...(item.language !== null && { xml: { lang: item.language } }),
    })),
  };
}

function asJson(feed: FeedContents): JsonFeed.Feed<Date> {
  return {
    title: feed.title,
    description: feed.description,
    home_page_url: feed.page,
    feed_url: feed.self.json,
    ...(feed.hub !== null && { hubs: [{ type: 'WebSub', url: feed.hub }] }),
    language: feed.language,
    authors: [{ name: feed.site }],
    items: feed.items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      content_html: item.html,
      date_published: new Date(item.publishedAt),
      ...(item.editedAt !== null && { date_modified: new Date(updatedAt(item)) }),
      ...(item.author && { authors: [item.author] }),
      tags: [...item.tags],
      ...(item.language !== null && { language: item.language }),
    })),
  };
}

/** The library leaves out an empty list of items, which the format asks for. */
function withItems(written: unknown, { items }: FeedContents): unknown {
  return items.length === 0 && typeof written === 'object' ? { ...written, items: [] } : written;
}

const [BEGIN, END] = ['<![CDATA[', ']]>'] as const;

/** The library sets sections of character data on lines of their own, and readers take the space around them for a part of the address or title. */
function withoutPadding(xml: string): string {
  let tight = '';
  for (let from = 0; ; ) {
    const begin = xml.indexOf(BEGIN, from);
    const between = from === 0 ? xml.slice(0, begin) : xml.slice(from, begin).trimStart();
    if (begin === -1) return tight + (from === 0 ? xml : xml.slice(from).trimStart());
    const end = xml.indexOf(END, begin) + END.length;
    tight += between.trimEnd() + xml.slice(begin, end);
    from = end;
  }
}
