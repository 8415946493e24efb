import { createHash } from 'node:crypto';
import { FEED_FILES } from '../../../libs/feeds/port.ts';
import { imageFileNamed } from '../../../libs/kernel/index.ts';
import { SITE_PAGES } from '../../../libs/words/index.ts';

/** Names that every file system takes, whatever its letters, its case and its forms of Unicode are. */
const SAFE = /^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$/;
/** Windows has devices of these names. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
/** In front of a name that was made of a hash, and therefore of no other. */
const HASHED = 'x-';
const HASH_CHARACTERS = 16;

/** A name for a file or a folder: the given one where every file system takes it, else one made of its hash. */
export function portableName(given: string): string {
  if (SAFE.test(given) && !DEVICE.test(given) && !given.startsWith(HASHED)) return given;
  return HASHED + createHash('sha256').update(given).digest('hex').slice(0, HASH_CHARACTERS);
}

export const HOME = 'index.html';
export const ARCHIVE = 'archive/index.html';
export const TAGS = 'tags/index.html';
/** The discussed pages of other sites. */
export const PAGES_FOLDER = 'pages/';
export const PAGES = `${PAGES_FOLDER}${HOME}`;
export const SEARCH = 'search.html';
export const VERIFY = 'verify.html';
/** Before the path of a file of the suitcase itself, in links that are written before it is known from where. */
const OWN = '/~/';
const OWN_FILE = /^[a-z0-9][a-z0-9/.-]*(?:#[\w/.-]*)?$/;
const FEEDS: readonly string[] = Object.values(FEED_FILES);

export const postFolder = (slug: string): string => `posts/${portableName(slug)}`;
export const tagFolder = (tag: string): string => `tags/${portableName(tag.toLowerCase())}`;
export const hostFolder = (host: string): string => `${PAGES_FOLDER}${portableName(host)}/`;
export const monthFolder = (month: string): string => `archive/${month}`;
export const postPage = (slug: string, page: number): string => numbered(`${postFolder(slug)}/`, page);
export const imageFile = (name: string): string => `images/${name}`;
export const receiptFile = (slug: string, commentId: string): string =>
  `${postFolder(slug)}/proofs/comment-${commentId}.tlog-proof`;

/** The pages of a list, from 1 on; `folder` ends with a slash or is empty. */
export function numbered(folder: string, page: number): string {
  return page === 1 ? `${folder}${HOME}` : `${folder}${page}.html`;
}

/** The address of a file of the suitcase for the renderers of pages; `localHtml` makes it relative. */
export const ownHref = (file: string): string => OWN + file;

/** The way from one file of the suitcase to another. */
export function relativeTo(file: string, from: string): string {
  const up = from.split('/').length - 1;
  return `${'../'.repeat(up)}${file}`;
}

export interface PlacedThings {
  readonly slugs: ReadonlySet<string>;
  /** As their addresses have them: in lower case. */
  readonly tags: ReadonlySet<string>;
  readonly months: ReadonlySet<string>;
  readonly pages: ReadonlySet<string>;
}

/** The comments whose places are known, and on which page of their discussion each stands. */
export interface PlacedComments {
  readonly slug: string;
  readonly pages: ReadonlyMap<string, number>;
}
export const NO_COMMENTS: PlacedComments = { slug: '', pages: new Map() };

/**
 * The file for a path of the forum: null for what is no link in a suitcase (members' pages are for members), and undefined for
 * what only the forum has.
 */
export function fileOf(
  path: string,
  { things, comments }: { readonly things: PlacedThings; readonly comments: PlacedComments },
): string | null | undefined {
  if (path.startsWith(OWN)) return ownFile(path.slice(OWN.length));
  const url = URL.parse(path, 'http://suitcase');
  if (url === null) return null;
  const { hash } = url;
  const [kind = '', name = '', ...more] = url.pathname.split('/').slice(1).map(decoded);
  switch (kind) {
    case '':
      return url.search === '' ? HOME : undefined;
    case 'posts':
      return inPost({ slug: name, more, hash }, { things, comments });
    case 'tags':
      return things.tags.has(name.toLowerCase()) ? inFolder(tagFolder(name), more) : undefined;
    case 'archive':
      if (name === '') return ARCHIVE;
      return things.months.has(`${name}-${more[0]}`) ? `${monthFolder(`${name}-${more[0]}`)}/${HOME}` : undefined;
    case 'comments':
      return ofComment(name, more, comments);
    case 'receipts':
      return ofReceipt(name, comments);
    case 'images':
      return imageFileNamed(name) === null ? undefined : imageFile(name);
    case 'members':
      return null;
    case 'search':
      return SEARCH;
    default:
      return name === '' ? single(kind, things) : undefined;
  }
}

/** Texts of people may try such an address, too: it leads to nothing outside of the suitcase. */
function ownFile(file: string): string | null {
  return OWN_FILE.test(file) && !file.includes('..') ? file : null;
}

function single(name: string, { pages }: PlacedThings): string | undefined {
  const isPage = SITE_PAGES.some((page) => page === name) && pages.has(name);
  if (isPage) return `${name}.html`;
  return FEEDS.includes(name) ? name : undefined;
}

function inFolder(folder: string, [file]: readonly string[]): string | undefined {
  if (file === undefined) return `${folder}/${HOME}`;
  return FEEDS.includes(file) ? `${folder}/${file}` : undefined;
}

function inPost(
  { slug, more, hash }: { readonly slug: string; readonly more: readonly string[]; readonly hash: string },
  { things, comments }: { readonly things: PlacedThings; readonly comments: PlacedComments },
): string | undefined {
  if (!things.slugs.has(slug)) return undefined;
  if (more.length > 0) return inFolder(postFolder(slug), more);
  const page = slug === comments.slug ? comments.pages.get(hash.slice('#comment-'.length)) : undefined;
  return `${postPage(slug, page ?? 1)}${hash}`;
}

function ofComment(id: string, more: readonly string[], { slug, pages }: PlacedComments): string | null | undefined {
  if (more.length > 0) return null;
  const page = pages.get(id);
  return page === undefined ? undefined : `${postPage(slug, page)}#comment-${id}`;
}

function ofReceipt(id: string, { slug, pages }: PlacedComments): string | null {
  const page = pages.get(id);
  return page === undefined ? null : `${VERIFY}#${postPage(slug, page)}/${id}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
