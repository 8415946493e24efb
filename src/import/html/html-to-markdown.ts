import { childrenOf, isElement, isText } from './dom.ts';
import { BARE_ADDRESS, needsBrackets, plainTextToMarkdown } from './escape-markdown.ts';
import { addParagraphs } from './paragraphs.ts';
import { parseHtml } from './parse-html.ts';
import { markdownService } from './turndown-rules.ts';

export interface HtmlOptions {
  /** Whether line ends mean something, as in texts that WordPress puts into paragraphs when it shows them. */
  readonly lines: boolean;
  /** Against which links without a host are read; null leaves them as they are. */
  readonly baseUrl: string | null;
}

const LINKED = new Set(['A', 'PRE', 'CODE', 'SCRIPT', 'STYLE']);
const service = markdownService();

/**
 * HTML as Markdown that means the same under CommonMark with GFM's tables and strikethrough and with HTML switched off:
 * links, lists, quotes, code, tables and images stay; what Markdown has no words for keeps its text.
 */
export function htmlToMarkdown(html: string, options: HtmlOptions): string {
  if (!/[<&]/.test(html)) return plainTextToMarkdown(options.lines ? html : html.replace(/\s*\n\s*/g, ' '));
  try {
    const root = parseHtml(html);
    if (options.lines) addParagraphs(root);
    prepare(root, options.baseUrl);
    return service.turndown(root).trim();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return plainTextToMarkdown(withoutTags(html));
  }
}

/** Elements nested deeper than the stack: no text of a person; the words alone are kept. */
function withoutTags(html: string): string {
  return html.replace(/<[^<>]*>/g, '');
}

function prepare(element: HTMLElement, baseUrl: string | null): void {
  for (const child of childrenOf(element)) {
    if (isText(child)) linkAddresses(child);
    else if (isElement(child)) {
      absolute(child, 'href', baseUrl);
      absolute(child, 'src', baseUrl);
      if (child.nodeName === 'CODE' && hasLines(child)) intoBlock(child);
      else if (!LINKED.has(child.nodeName)) prepare(child, baseUrl);
      else if (child.nodeName === 'A')
        for (const image of Array.from(child.getElementsByTagName('img'))) absolute(image, 'src', baseUrl);
    }
  }
}

/** Addresses with Markdown's own marks in them become links, so that they arrive unharmed. */
function linkAddresses(text: Node): void {
  const parts = (text.nodeValue ?? '').split(BARE_ADDRESS);
  const document = text.ownerDocument;
  if (document === null || parts.length < 2 || !parts.some((part, index) => index % 2 === 1 && needsBrackets(part)))
    return;
  for (const [index, part] of parts.entries()) {
    if (part === '') continue;
    const words = document.createTextNode(part);
    if (index % 2 === 0) {
      text.parentNode?.insertBefore(words, text);
      continue;
    }
    const link = document.createElement('a');
    link.setAttribute('href', part);
    link.appendChild(words);
    text.parentNode?.insertBefore(link, text);
  }
  text.parentNode?.removeChild(text);
}

function absolute(element: HTMLElement, attribute: 'href' | 'src', baseUrl: string | null): void {
  const address = element.getAttribute(attribute);
  if (address === null || baseUrl === null || address.startsWith('#')) return;
  const url = address.trim();
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url) && URL.canParse(url, baseUrl)) {
    element.setAttribute(attribute, new URL(url, baseUrl).href);
  }
}

function hasLines(code: HTMLElement): boolean {
  return (
    code.parentNode?.nodeName !== 'PRE' &&
    (code.getElementsByTagName('br').length > 0 || /\S\s*\n\s*\S/.test(code.textContent ?? ''))
  );
}

/** Code of several lines is a block, whatever element its author took. */
function intoBlock(code: HTMLElement): void {
  const block = code.ownerDocument.createElement('pre');
  code.parentNode?.insertBefore(block, code);
  block.appendChild(code);
}
