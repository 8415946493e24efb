import { randomBytes } from 'node:crypto';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { isInlineName } from './inline-images.ts';

/** The name of the environment entry that gives new threads the secret. */
const SECRET = 'colloquy import image mark';

/**
 * Replaces an image's address while a text is made into Markdown. It is itself an address, so that nothing on the way
 * mistakes it. It differs in each process, and is the same in all its threads: no earlier text contains it.
 */
const MARK = `https://${secret()}.image.invalid/`;

function secret(): string {
  const told = getEnvironmentData(SECRET);
  if (typeof told === 'string') return told;
  const made = randomBytes(16).toString('hex');
  setEnvironmentData(SECRET, made);
  return made;
}

/** The use of an address: it shows an image, does so within a link, or is a link to one. */
type Use = 'shown' | 'linked' | 'target';
const LETTERS: Readonly<Record<Use, string>> = { shown: 's', linked: 'l', target: 't' };

/**
 * The present address of each image that a text names: a reference to one of the forum's; null for one that it does not
 * have.
 */
export type ImagesNow = ReadonlyMap<string, string | null>;

const EACH = new RegExp(`${escaped(MARK)}([slt])/([\\w-]+)`, 'g');
/** The text that may follow an address in Markdown: a title, and the end. */
const AFTER = /( "(?:\\.|[^"\\])*")?\)/y;

const IMAGE_FILE = /^https?:\/\/[^?#]+\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)/i;

/** Puts marks in the place of the addresses of all images below, and of links that lead to one. */
export function markImages(root: HTMLElement): void {
  for (const image of Array.from(root.getElementsByTagName('img'))) {
    const address = addressOf(image);
    if (address !== '') image.setAttribute('src', marked(isInLink(image) ? 'linked' : 'shown', address));
  }
  for (const link of Array.from(root.getElementsByTagName('a'))) {
    const href = (link.getAttribute('href') ?? '').trim();
    if (IMAGE_FILE.test(href)) link.setAttribute('href', marked('target', href));
  }
}

/** The addresses that are marked in a text, each once. */
export function markedIn(markdown: string): readonly string[] {
  if (!markdown.includes(MARK)) return [];
  return [...new Set([...markdown.matchAll(EACH)].map(([, , code = '']) => decoded(code)))];
}

/**
 * The text with each mark replaced by the forum's own image, or, where there is none, by a link to the old place of the
 * image under its description.
 */
export function withImages(markdown: string, images: ImagesNow): string {
  if (!markdown.includes(MARK)) return markdown;
  const parts: string[] = [];
  let from = 0;
  for (const mark of markdown.matchAll(EACH)) {
    const [whole, use, code = ''] = mark;
    const address = decoded(code);
    const own = images.get(address) ?? null;
    const image =
      use === 't' ? null : imageAround(markdown, { from, start: mark.index, end: mark.index + whole.length });
    parts.push(markdown.slice(from, image?.start ?? mark.index));
    if (image === null) parts.push(own ?? (use === 't' ? destination(address) : '#'));
    else parts.push(own === null ? linkTo(address, image, use) : `![${image.alt}](${own}${image.title})`);
    from = image?.end ?? mark.index + whole.length;
  }
  return parts.join('') + markdown.slice(from);
}

interface ImageAround {
  readonly start: number;
  readonly end: number;
  /** Both as Markdown, the title with a space before it. */
  readonly alt: string;
  readonly title: string;
}

/** The image whose address stands there; null where the text was cut within it. Brackets in its words are escaped. */
function imageAround(
  text: string,
  mark: { readonly from: number; readonly start: number; readonly end: number },
): ImageAround | null {
  AFTER.lastIndex = mark.end;
  const after = AFTER.exec(text);
  let open = text.lastIndexOf('[', mark.start);
  while (open > mark.from && isEscaped(text, open)) open = text.lastIndexOf('[', open - 1);
  if (after === null || open <= mark.from || text[open - 1] !== '!') return null;
  const alt = text.slice(open + 1, mark.start - ']('.length);
  return { start: open - 1, end: mark.end + after[0].length, alt, title: after[1] ?? '' };
}

function isEscaped(text: string, at: number): boolean {
  let marks = 0;
  while (text[at - 1 - marks] === '\\') marks += 1;
  return marks % 2 === 1;
}

/** Within a link, and for what is no address of a site, the words alone. */
function linkTo(address: string, { alt, title }: ImageAround, use: string | undefined): string {
  const words = alt.trim() === '' ? fileName(address) : alt;
  return use === 'l' || !/^https?:/i.test(address) ? words : `[${words}](${destination(address)}${title})`;
}

function addressOf(image: HTMLElement): string {
  const [src, ...lazy] = ['src', 'data-src', 'data-lazy-src', 'data-original'].map((name) =>
    (image.getAttribute(name) ?? '').replace(/[\t\n\r]/g, '').trim(),
  );
  const isPlaceholder = src === undefined || src === '' || /^data:/i.test(src);
  const inline = src !== undefined && isInlineName(src) ? src : '';
  const address = isPlaceholder ? (lazy.find((each) => each !== '' && !/^data:/i.test(each)) ?? inline) : src;
  return address.startsWith('//') ? `http:${address}` : address;
}

function isInLink(node: Node): boolean {
  for (let at = node.parentNode; at !== null; at = at.parentNode) if (at.nodeName === 'A') return true;
  return false;
}

function marked(use: Use, address: string): string {
  return `${MARK}${LETTERS[use]}/${Buffer.from(address).toString('base64url')}`;
}

function decoded(code: string): string {
  return Buffer.from(code, 'base64url').toString('utf8');
}

/** The name of an image without words: the last part of its address. */
function fileName(address: string): string {
  if (isInlineName(address)) return '…';
  const name = (address.split(/[?#]/)[0] ?? '').split('/').findLast((part) => part !== '') ?? '';
  return readable(name).replace(/[\\`*_[\]<>!&|~]/g, '\\$&') || '…';
}

function readable(name: string): string {
  try {
    return decodeURIComponent(name).replace(/\s+/g, ' ').trim();
  } catch {
    return name;
  }
}

/** As Markdown takes it, whatever is in it. */
function destination(url: string): string {
  const address = url.replace(/[\s<>\\]/g, encodeURIComponent);
  return /[()]/.test(address) ? `<${address}>` : address;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
