import { composed } from '../words/index.ts';
import { deriveId } from './ids.ts';

/** One file that an address may mean: the larger ones come first. */
export interface ImageName {
  /** Without scheme, `www.` and query, decoded, in NFC: what one image is known by, whichever way it was linked. */
  readonly key: string;
  readonly url: string;
  /** The path alone, decoded, in NFC. */
  readonly path: string;
}

export interface ImageAddress {
  /** Host and port, without `www.`; empty for what is no address of a site. */
  readonly host: string;
  /** The image in full size, where the name shows that this is a smaller one; then the name as it was linked. */
  readonly names: readonly ImageName[];
}

/** WordPress puts the size before the ending: `map-300x200.jpg`, and `-scaled` in what it has made smaller itself. */
const SIZED = /-(?:\d{1,5}x\d{1,5}|scaled)(?=\.[a-z]{3,4}$)/i;
/** WordPress.com's own copies: `https://i0.wp.com/blog.example/wp-content/…`. */
const COPIED = /^https?:\/\/i\d\.wp\.com\//i;

/** A query on such a file asks at most for another size of it. */
const IMAGE_FILE = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp)$/i;

const NO_ADDRESS: ImageAddress = { host: '', names: [] };

/** The image that an address names. */
export function imageAddress(address: string): ImageAddress {
  const whole = address.replace(COPIED, 'http://');
  if (!/^https?:\/\//i.test(whole) || !URL.canParse(whole)) return NO_ADDRESS;
  const url = new URL(whole);
  url.hash = '';
  if (IMAGE_FILE.test(url.pathname)) url.search = '';
  const given = named(url);
  const larger = new URL(url);
  larger.pathname = url.pathname.replace(SIZED, '');
  return { host: hostOf(url), names: larger.pathname === url.pathname ? [given] : [named(larger), given] };
}

/**
 * The id of an imported site's image: the same image of the same site has the same id, so a second run finds it, and so
 * does a reader with its old address.
 */
export function importedImageId(site: string, key: string): string {
  return deriveId('wordpress', site, 'image', key);
}

/** Host and port of an address, by which a site is known; empty for what is none. */
export function siteHostOf(address: string): string {
  return /^https?:\/\//i.test(address) && URL.canParse(address) ? hostOf(new URL(address)) : '';
}

/** Whether a path names an image's file. */
export function isImageFile(path: string): boolean {
  return IMAGE_FILE.test(path);
}

function hostOf({ host }: URL): string {
  return host.replace(/^www\./, '');
}

function named(url: URL): ImageName {
  const path = composed(decoded(url.pathname));
  return { key: `${hostOf(url)}${path}${url.search}`, url: url.href, path };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
