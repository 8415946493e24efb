import type { MarkdownIt, Token } from 'markdown-it';
import {
  type ImageFormat,
  type ImageShape,
  imagePath,
  imageReferred,
  imageWidthsOf,
  isImagePath,
} from '../kernel/index.ts';
import { isSafeImage } from './links.ts';

/**
 * The images that a comment shows. Each is a request of every reader, also where its address leads to none: a page of
 * many comments must not make thousands.
 */
export const MOST_COMMENT_IMAGES = 10;

/**
 * In comments all pictures but the first of the forum's own become links: a page must not load from elsewhere because a
 * reader wrote so, nor without end.
 */
export function fewOwnImages(md: MarkdownIt): void {
  md.core.ruler.push('few_own_images', (state) => {
    let left = MOST_COMMENT_IMAGES;
    const isShown = (src: string): boolean => {
      if (!isOwn(src) || left === 0) return false;
      left -= 1;
      return true;
    };
    for (const block of state.tokens)
      if (block.children) block.children = othersAsLinks(block.children, { isShown, NewToken: state.Token });
  });
}

/**
 * In a translation the pictures of its original stay, and the first of the forum's own beside them; whoever translates shows
 * readers nothing else of elsewhere. `inOriginal` tells the addresses for the environment of a rendering.
 */
export function picturesOfOriginal(md: MarkdownIt, inOriginal: (env: object) => ReadonlySet<string>): void {
  md.core.ruler.push('pictures_of_original', (state) => {
    const known = inOriginal(state.env);
    let left = MOST_COMMENT_IMAGES;
    const isShown = (src: string): boolean => {
      if (known.has(src)) return true;
      if (!isOwn(src) || left === 0) return false;
      left -= 1;
      return true;
    };
    for (const block of state.tokens)
      if (block.children) block.children = othersAsLinks(block.children, { isShown, NewToken: state.Token });
  });
}

/** The addresses of the pictures of a parsed text. */
export function picturesIn(blocks: readonly Token[]): ReadonlySet<string> {
  const images = blocks.flatMap(({ children }) => (children ?? []).filter(({ type }) => type === 'image'));
  return new Set(images.map((image) => attribute(image, 'src')));
}

interface Showing {
  readonly isShown: (src: string) => boolean;
  readonly NewToken: typeof Token;
}

function othersAsLinks(tokens: readonly Token[], { isShown, NewToken }: Showing): Token[] {
  let linksOpen = 0;
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') linksOpen += 1;
    if (token.type === 'link_close') linksOpen -= 1;
    if (token.type !== 'image') return [token];
    const src = attribute(token, 'src');
    if (isShown(src)) return [token];
    const text = new NewToken('text', '', 0);
    text.content = altOf(token) || src;
    if (linksOpen > 0 || !isSafeImage(src)) return [text];
    const open = new NewToken('link_open', 'a', 1);
    open.attrs = [['href', src]];
    return [open, text, new NewToken('link_close', 'a', -1)];
  });
}

function isOwn(src: string): boolean {
  return imageReferred(src) !== null || isImagePath(src);
}

/**
 * Pictures load when they come into view, without a referrer. The forum's own pictures come in the size that
 * the screen needs, and their room is kept.
 */
export function lazyImages(md: MarkdownIt): void {
  md.renderer.rules['image'] = (tokens, index) => {
    const token = tokens[index];
    if (!token) return '';
    const src = attribute(token, 'src');
    const alt = md.utils.escapeHtml(altOf(token));
    if (!isSafeImage(src)) return alt;
    const title = attribute(token, 'title');
    const titled = title ? ` title="${md.utils.escapeHtml(title)}"` : '';
    const own = imageReferred(src);
    if (own !== null) return ownImage(own, `alt="${alt}"${titled}`);
    return `<img src="${md.utils.escapeHtml(src)}" alt="${alt}"${titled} loading="lazy" referrerpolicy="no-referrer">`;
  };
}

/** A post is no wider than this; a narrower screen is as wide as it is. */
const SIZES = 'sizes="(max-width: 48rem) 100vw, 48rem"';

/** An animation has only WebP, since AVIF would stand still. `described` is safe HTML. */
function ownImage(image: ImageShape, described: string): string {
  const { imageId, width, height, animated } = image;
  const format = animated ? 'webp' : 'jpg';
  const src = imagePath({ imageId, width: imageWidthsOf(width).at(-1) ?? 480, format });
  const room = `width="${width}" height="${height}" loading="lazy" decoding="async"`;
  const img = `<img src="${src}" ${srcset(image, format)} ${described} ${room}>`;
  if (animated) return img;
  const sources = (['avif', 'webp'] as const).map((each) => `<source type="image/${each}" ${srcset(image, each)}>`);
  return `<picture>${sources.join('')}${img}</picture>`;
}

function srcset({ imageId, width }: ImageShape, format: ImageFormat): string {
  const files = imageWidthsOf(width).map(
    (each) => `${imagePath({ imageId, width: each, format })} ${Math.min(each, width)}w`,
  );
  return `srcset="${files.join(', ')}" ${SIZES}`;
}

/** An image's description as plain text. */
export function altOf(token: Token): string {
  return (token.children ?? []).map((child) => (child.type === 'image' ? altOf(child) : child.content)).join('');
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}
