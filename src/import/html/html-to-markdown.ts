import { plainTextToMarkdown } from '../../../libs/markdown/index.ts';
import { markImages } from '../images/image-marks.ts';
import { bareAddressParts, harmsAddress } from './bare-addresses.ts';
import { childrenOf, isElement, isText } from './dom.ts';
import { inOneLine } from './one-line.ts';
import { addParagraphs } from './paragraphs.ts';
import { parseHtml } from './parse-html.ts';
import { htmlPieces, isTooDeep } from './pieces.ts';
import { plainParagraphs } from './plain-paragraphs.ts';
import { markdownService } from './turndown-rules.ts';

export interface HtmlOptions {
  /** Whether line ends count, as in texts that WordPress puts into paragraphs when it shows them. */
  readonly lines: boolean;
  /** The base for links without a host; null leaves them as they are. */
  readonly baseUrl: string | null;
  readonly rewrite: Rewrite;
  /** Characters of Markdown after which the rest of a very long text is dropped. */
  readonly most: number;
  /** Puts marks in the place of the addresses of images, for `withImages`. */
  readonly marksImages?: true;
}

/** The new target of a link; null when it stays. */
export type Rewrite = (url: string) => string | null;

const VERBATIM = new Set(['A', 'PRE', 'SCRIPT', 'STYLE']);
const service = markdownService();

/**
 * HTML as Markdown with the same meaning under CommonMark with GFM's tables and strikethrough and with HTML switched
 * off: links, lists, quotes, code, tables and images stay; elements without a Markdown form keep their text. A text of
 * more than 256 Ki characters is read in pieces, so that memory has a bound.
 */
export function htmlToMarkdown(html: string, options: HtmlOptions): string {
  const parts: string[] = [];
  let length = 0;
  for (const piece of htmlPieces(html)) {
    const part = pieceToMarkdown(piece, options);
    if (part !== '') parts.push(part);
    length += part.length;
    if (length > options.most) break;
  }
  return parts.join('\n\n');
}

function pieceToMarkdown(html: string, options: HtmlOptions): string {
  if (!/[<&]/.test(html)) return plainTextToMarkdown(options.lines ? html : inOneLine(html));
  const plain = options.lines ? null : plainParagraphs(html);
  if (plain !== null) return plain;
  if (isTooDeep(html)) return plainTextToMarkdown(withoutTags(html));
  try {
    const root = parseHtml(html);
    if (options.lines) addParagraphs(root);
    makeAbsolute(root, options.baseUrl);
    rewriteLinks(root, options.rewrite);
    if (options.marksImages) markImages(root);
    prepare(root);
    return service.turndown(root).trim();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return plainTextToMarkdown(withoutTags(html));
  }
}

/** For elements nested deeper than the stack, which no person writes: only the words are kept. */
function withoutTags(html: string): string {
  return html.replace(/<[^<>]*>/g, '');
}

function prepare(element: HTMLElement): void {
  for (const child of childrenOf(element)) {
    if (isText(child)) linkAddresses(child);
    else if (isElement(child)) {
      if (child.nodeName === 'CODE' && hasLines(child)) intoBlock(child);
      else if (/^(CODE|TT|KBD|SAMP)$/.test(child.nodeName)) codeIntoLinks(child);
      else if (!VERBATIM.has(child.nodeName)) prepare(child);
    }
  }
}

/** Addresses that contain Markdown's own marks become links, so that they stay intact. */
function linkAddresses(text: Node): void {
  const words = text.nodeValue ?? '';
  const document = text.ownerDocument;
  if (document === null || !harmsAddress(words)) return;
  for (const [index, part] of bareAddressParts(words).entries()) {
    if (part === '') continue;
    const node = document.createTextNode(part);
    if (index % 2 === 0) {
      text.parentNode?.insertBefore(node, text);
      continue;
    }
    const link = document.createElement('a');
    link.setAttribute('href', part);
    link.appendChild(node);
    text.parentNode?.insertBefore(link, text);
  }
  text.parentNode?.removeChild(text);
}

function makeAbsolute(root: HTMLElement, baseUrl: string | null): void {
  if (baseUrl === null) return;
  for (const element of Array.from(root.getElementsByTagName('*'))) {
    for (const attribute of ['href', 'src']) {
      const url = element.getAttribute(attribute)?.trim() ?? '';
      if (url === '' || url.startsWith('#') || /^[a-z][a-z0-9+.-]*:/i.test(url) || !URL.canParse(url, baseUrl))
        continue;
      element.setAttribute(attribute, new URL(url, baseUrl).href);
    }
  }
}

function rewriteLinks(root: HTMLElement, rewrite: Rewrite): void {
  for (const link of Array.from(root.getElementsByTagName('a'))) {
    const href = link.getAttribute('href')?.trim() ?? '';
    const now = rewrite(href);
    if (now === null) continue;
    const isBare = link.textContent?.trim() === href;
    link.setAttribute('href', now);
    if (isBare) link.textContent = now;
  }
}

function hasLines(code: HTMLElement): boolean {
  return (
    code.parentNode?.nodeName !== 'PRE' &&
    (code.getElementsByTagName('br').length > 0 || (code.textContent ?? '').trim().includes('\n'))
  );
}

/** Code of several lines is a block, whatever element its author took. */
function intoBlock(code: HTMLElement): void {
  const block = code.ownerDocument.createElement('pre');
  code.parentNode?.insertBefore(block, code);
  block.appendChild(code);
}

/** Markdown has no links within code, but code within links. */
function codeIntoLinks(code: HTMLElement): void {
  if (code.getElementsByTagName('a').length === 0) return;
  for (const child of childrenOf(code)) {
    code.parentNode?.insertBefore(child, code);
    const inner = code.ownerDocument.createElement('code');
    if (child.nodeName === 'A') {
      for (const part of childrenOf(child)) inner.appendChild(part);
      child.appendChild(inner);
    } else {
      code.parentNode?.insertBefore(inner, child);
      inner.appendChild(child);
    }
  }
  code.parentNode?.removeChild(code);
}
