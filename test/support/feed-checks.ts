import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { RelaxNGValidator, XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm';
import { ATOM_SCHEMA, RSS_SCHEMA } from './feed-schemas.ts';

const require = createRequire(import.meta.url);

const atom = RelaxNGValidator.fromDoc(XmlDocument.fromString(ATOM_SCHEMA));
const rss = RelaxNGValidator.fromDoc(XmlDocument.fromString(RSS_SCHEMA));
const sitemapFile = require.resolve('sitemap/package.json').replace('package.json', 'schema/sitemap.xsd');
const sitemap = XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(sitemapFile, 'utf8')));

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const json = ajv.compile(require('jsonfeed-schema/v1.1'));

const SPACES = {
  atom: 'http://www.w3.org/2005/Atom',
  dc: 'http://purl.org/dc/elements/1.1/',
  map: 'http://www.sitemaps.org/schemas/sitemap/0.9',
};

/** What a reader finds in a feed of whatever format. */
export interface ReadFeed {
  readonly title: string;
  readonly items: readonly ReadItem[];
}
export interface ReadItem {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly html: string;
  readonly author: string | null;
  readonly tags: readonly string[];
}

/** Reads a feed as libxml2 does. Throws when it is no Atom as RFC 4287 has it. */
export function readAtom(text: string): ReadFeed {
  return reading(text, (doc) => {
    atom.validate(doc);
    return {
      title: textAt(doc.root, 'atom:title'),
      items: allAt(doc.root, 'atom:entry').map((entry) => ({
        id: textAt(entry, 'atom:id'),
        url: textAt(entry, 'atom:link[@rel="alternate"]/@href'),
        title: textAt(entry, 'atom:title'),
        html: textAt(entry, 'atom:content'),
        author: textAt(entry, 'atom:author/atom:name') || null,
        tags: textsAt(entry, 'atom:category/@term'),
      })),
    };
  });
}

/** The same of RSS 2.0. */
export function readRss(text: string): ReadFeed {
  return reading(text, (doc) => {
    rss.validate(doc);
    return {
      title: textAt(doc.root, 'channel/title'),
      items: allAt(doc.root, 'channel/item').map((item) => ({
        id: textAt(item, 'guid'),
        url: textAt(item, 'link'),
        title: textAt(item, 'title'),
        html: textAt(item, 'description'),
        author: textAt(item, 'dc:creator') || null,
        tags: textsAt(item, 'category'),
      })),
    };
  });
}

interface JsonItem {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly content_html: string;
  readonly authors?: readonly { readonly name: string }[];
  readonly tags?: readonly string[];
}

/** The same of JSON Feed 1.1. */
export function readJson(text: string): ReadFeed {
  const feed: { readonly version: string; readonly title: string; readonly items: readonly JsonItem[] } =
    JSON.parse(text);
  if (json(feed) !== true) throw new Error(ajv.errorsText(json.errors));
  if (feed.version !== 'https://jsonfeed.org/version/1.1') throw new Error(`version ${feed.version}`);
  return {
    title: feed.title,
    items: feed.items.map(({ id, url, title, content_html: html, authors, tags = [] }) => {
      return { id, url, title, html, author: authors?.[0]?.name ?? null, tags };
    }),
  };
}

/** The addresses of a sitemap. Throws when it is none as sitemaps.org has it. */
export function readSitemap(text: string): readonly { readonly url: string; readonly changed: string }[] {
  return reading(text, (doc) => {
    sitemap.validate(doc);
    return allAt(doc.root, 'map:url').map((url) => ({
      url: textAt(url, 'map:loc'),
      changed: textAt(url, 'map:lastmod'),
    }));
  });
}

function reading<Read>(text: string, read: (doc: XmlDocument) => Read): Read {
  const doc = XmlDocument.fromString(text);
  try {
    return read(doc);
  } finally {
    doc.dispose();
  }
}

function allAt(from: XmlElement, path: string): readonly XmlElement[] {
  return from.find(path, SPACES).map((node) => {
    if (!(node instanceof XmlElement)) throw new Error(`${path} is no element`);
    return node;
  });
}

function textsAt(from: XmlElement, path: string): readonly string[] {
  return from.find(path, SPACES).map(({ content }) => content);
}

function textAt(from: XmlElement, path: string): string {
  return textsAt(from, path)[0] ?? '';
}
