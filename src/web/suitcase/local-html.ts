import { fileOf, imageFile, type PlacedComments, type PlacedThings, relativeTo } from './places.ts';

export interface LocalPage {
  /** The file that the page is, from the folder of the suitcase. */
  readonly file: string;
  /** The forum's public address, without a final slash. */
  readonly origin: string;
  readonly things: PlacedThings;
  readonly comments: PlacedComments;
  /** Told each image of the forum that the page shows, by its file's name. */
  readonly onImage: (name: string) => void;
}

/** Attributes with an address; no text has `"`, which is escaped there. */
const ADDRESS = / (href|src|srcset)="([^"]*)"/g;
/** Each picture comes as WebP and as JPEG, which every browser shows: a third copy would fill the suitcase. */
const AVIF = /<source type="image\/avif"[^<>]*>/g;
const LINK_OR_PICTURE = /<\/?a[\s>]|<(?:img|source)\s[^<>]*>/g;
const SOURCE = / src="([^"]*)"/;
const DESCRIPTION = / alt="([^"]*)"/;
const IMAGES = imageFile('');
const LOADED = / (?:src="([^"]*)"|srcset="([^"]*)")/g;
/** Without a step up. */
const OWN_PICTURE = /^[a-z0-9](?:[a-z0-9/-]|\.(?!\.))*$/;

/**
 * A page of the forum as it stands in a suitcase: what the suitcase holds is linked by the way from this file, all else by its
 * public address, and nothing is loaded from elsewhere.
 */
export function localHtml(html: string, page: LocalPage): string {
  const moved = html.replace(AVIF, '').replace(ADDRESS, (_, name: string, value: string) => {
    if (name === 'srcset')
      return ` srcset="${value
        .split(', ')
        .map((one) => inSet(one, page))
        .join(', ')}"`;
    const address = localAddress(value, page);
    return address === null ? '' : ` ${name}="${address}"`;
  });
  return withoutForeignImages(moved, page);
}

function inSet(one: string, page: LocalPage): string {
  const [address = '', ...width] = one.split(' ');
  return [localAddress(address, page) ?? '', ...width].join(' ');
}

/** Null for an address that leads nowhere from here. */
function localAddress(given: string, page: LocalPage): string | null {
  const { origin, file, things, comments, onImage } = page;
  const path = given.startsWith(`${origin}/`) ? given.slice(origin.length) : given;
  if (!path.startsWith('/') || path.startsWith('//')) return given;
  const found = fileOf(path.replaceAll('&amp;', '&'), { things, comments });
  if (found === null) return null;
  if (found === undefined) return origin + path;
  if (found.startsWith(IMAGES)) onImage(found.slice(IMAGES.length));
  return relativeTo(found, file);
}

/** An editor may show pictures of other sites: here each is a link, since a suitcase asks no network for anything. */
function withoutForeignImages(html: string, { file }: LocalPage): string {
  let inLink = false;
  return html.replace(LINK_OR_PICTURE, (tag: string) => {
    if (tag.startsWith('<source')) return isWithin(tag, file) ? tag : '';
    if (!tag.startsWith('<img')) {
      inLink = tag.startsWith('<a');
      return tag;
    }
    if (isWithin(tag, file)) return tag;
    const src = SOURCE.exec(tag)?.[1] ?? '';
    const words = DESCRIPTION.exec(tag)?.[1] || src;
    return inLink || src === '' ? words : `<a href="${src}" rel="noopener nofollow">${words}</a>`;
  });
}

/**
 * Whether a picture is loaded from the suitcase alone: its addresses are written as those of files in it are, and as no other
 * ones. `https:host`, backslashes and line ends, by which browsers find other hosts, are never among them.
 */
function isWithin(tag: string, file: string): boolean {
  const home = relativeTo('', file);
  const addresses = [...tag.matchAll(LOADED)].flatMap(([, src, set]) => (src === undefined ? addressesOf(set) : [src]));
  return addresses.every(
    (address) => address.startsWith(home) && OWN_PICTURE.test(address.slice(home.length)) && !address.includes('//'),
  );
}

/** Those of a `srcset`. */
function addressesOf(set = ''): readonly string[] {
  return set.split(',').map((one) => one.trim().split(/\s/)[0] ?? '');
}
