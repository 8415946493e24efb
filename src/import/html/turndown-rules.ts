import { strikethrough, taskListItems } from '@joplin/turndown-plugin-gfm';
import TurndownService from 'turndown';
import { withoutTail } from '../../../libs/kernel/index.ts';
import { escapeMarkdown } from '../../../libs/markdown/index.ts';
import { codeLanguage, fenced } from './code-language.ts';
import { childrenOf, isElement } from './dom.ts';
import { emphasise } from './emphasis.ts';
import { inOneLine } from './one-line.ts';
import { addTables } from './tables.ts';

/** turndown with rules for the cases in which its own would lose something, or write HTML into the Markdown. */
export function markdownService(): TurndownService {
  const service = new TurndownService({
    headingStyle: 'atx',
    hr: '---',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
    strongDelimiter: '**',
  });
  service.escape = escapeMarkdown;
  service.use([strikethrough, taskListItems]);
  service.remove(['script', 'style', 'title', 'meta', 'link', 'template', 'colgroup', 'col']);
  addTables(service);
  addInline(service);
  addBlocks(service);
  return service;
}

function addInline(service: TurndownService): void {
  service.addRule('strong', {
    filter: ['strong', 'b', 'mark', 'summary'],
    replacement: (content: string, node: HTMLElement) =>
      within(node, /^(STRONG|B|MARK|SUMMARY|TH|H[1-6])$/) ? content : paragraphOf(node, emphasise(content, node, '**')),
  });
  service.addRule('emphasis', {
    filter: ['em', 'i', 'cite', 'dfn', 'var', 'u', 'ins'],
    replacement: (content: string, node: HTMLElement) =>
      within(node, /^(EM|I|CITE|DFN|VAR|U|INS)$/) ? content : emphasise(content, node, '*'),
  });
  service.addRule('quote', { filter: 'q', replacement: (content) => `“${content}”` });
  service.addRule('typed', {
    filter: (node) => /^(TT|KBD|SAMP)$/.test(node.nodeName),
    replacement: (_content: string, node: HTMLElement) => inlineCode(node.textContent ?? ''),
  });
  service.addRule('link', { filter: 'a', replacement: (content: string, node: HTMLElement) => link(content, node) });
  service.addRule('raised', { filter: 'sup', replacement: (content) => shifted(content, RAISED, '^') });
  service.addRule('lowered', { filter: 'sub', replacement: (content) => shifted(content, LOWERED, '\\_') });
  service.addRule('abbreviation', {
    filter: (node) => /^(ABBR|ACRONYM)$/.test(node.nodeName),
    replacement: (content: string, node: HTMLElement) => spelledOut(content, node),
  });
  service.addRule('image', { filter: 'img', replacement: (_content: string, node: HTMLElement) => image(node) });
}

function addBlocks(service: TurndownService): void {
  service.addRule('heading', {
    filter: ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    replacement: (content: string, node: HTMLElement) => {
      const title = inOneLine(content).trim();
      return title === '' ? '' : `\n\n${'#'.repeat(Number(node.nodeName.slice(1)))} ${title}\n\n`;
    },
  });
  service.addRule('codeBlock', {
    filter: 'pre',
    replacement: (_content: string, node: HTMLElement) =>
      // One within another is part of its text.
      within(node, /^PRE$/) ? '' : `${fenced(verbatim(node), codeLanguage(node))}${linksIn(node)}`,
  });
  service.addRule('player', {
    filter: ['iframe', 'video', 'audio', 'object'],
    replacement: (_content: string, node: HTMLElement) => player(node),
  });
  service.addRule('embed', { filter: 'embed', replacement: (_content: string, node: HTMLElement) => player(node) });
  service.addRule('term', { filter: 'dt', replacement: (content) => `\n\n${content.trim()}\n\n` });
}

function within(node: HTMLElement, names: RegExp): boolean {
  for (let at = node.parentNode; at !== null; at = at.parentNode) if (names.test(at.nodeName)) return true;
  return false;
}

/** At the beginning of any line. */
const HEADING_MARKS = /^[^\S\n\r\u2028\u2029]*#{1,6} /gm;

function link(content: string, node: HTMLElement): string {
  const href = address(node.getAttribute('href'));
  const words = inOneLine(content.replace(HEADING_MARKS, '')).trim();
  if (words === '') return '';
  if (href === '' || /^(javascript|vbscript|data):/i.test(href)) return content;
  if (node.textContent?.trim() === href && /^https?:\/\/[^\s<>]+$/.test(href)) return `<${href}>`;
  const title = (node.getAttribute('title') ?? '').replace(/\s+/g, ' ').trim();
  return `[${words}](${destination(href)}${titled(title === node.textContent?.trim() ? '' : title)})`;
}

function image(node: HTMLElement): string {
  const src = address(node.getAttribute('src') ?? node.getAttribute('data-src'));
  const alt = escapeMarkdown((node.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim());
  if (src === '' || /^data:/i.test(src)) return alt;
  return `![${alt}](${destination(src)}${titled((node.getAttribute('title') ?? '').replace(/\s+/g, ' ').trim())})`;
}

/** As browsers read it: without line ends and outer spaces, other spaces encoded. */
function address(attribute: string | null): string {
  const inner = (attribute ?? '').replace(/[\t\n\r]/g, '').replace(/^ +/, '');
  return withoutTail(inner, / /).replace(/\s/g, encodeURIComponent);
}

function destination(url: string): string {
  return /[()<>\\]/.test(url) ? `<${url.replace(/[<>\\]/g, encodeURIComponent)}>` : url;
}

function titled(title: string): string {
  return title === '' ? '' : ` "${title.replace(/[\\"]/g, '\\$&')}"`;
}

/** A player of the old page becomes a link to it. */
function player(node: HTMLElement): string {
  const sources = [
    node,
    ...Array.from(node.getElementsByTagName('source')),
    ...Array.from(node.getElementsByTagName('embed')),
  ];
  const movie = Array.from(node.getElementsByTagName('param')).find((param) =>
    /^(movie|src)$/i.test(param.getAttribute('name') ?? ''),
  );
  const found = sources
    .map((source) => source.getAttribute('src') ?? source.getAttribute('data'))
    .find((url) => url != null && url !== '');
  const url = (found ?? movie?.getAttribute('value') ?? '').trim().replace(/^\/\//, 'https://');
  return /^https?:\/\/[^\s<>]+$/.test(url) ? `\n\n<${url}>\n\n` : '';
}

const RAISED = pairs('0123456789+-n', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ');
const LOWERED = pairs('0123456789+-', '₀₁₂₃₄₅₆₇₈₉₊₋');

function pairs(plain: string, shaped: string): ReadonlyMap<string, string> {
  return new Map([...plain].map((letter, index) => [letter, [...shaped][index] ?? letter]));
}

/** Uses Unicode's own letters where they exist, otherwise a formula's notation: `x^a`, `x_(i+1)`; words stay words. */
function shifted(content: string, letters: ReadonlyMap<string, string>, sign: string): string {
  if (content !== '' && [...content].every((letter) => letters.has(letter)))
    return [...content].map((letter) => letters.get(letter) ?? letter).join('');
  if (
    /^(st|nd|rd|th|e|er|re|ème|o|a|TM|SM|[®™*†‡])$/iu.test(content) ||
    !/^[\p{L}\p{N}+\-=()., ]{1,20}$/u.test(content)
  )
    return content;
  return `${sign}${[...content].length === 1 ? content : `(${content})`}`;
}

/** An abbreviation's meaning is written behind it, since touch screens cannot hover. */
function spelledOut(content: string, node: HTMLElement): string {
  const title = (node.getAttribute('title') ?? '').replace(/\s+/g, ' ').trim();
  return title === '' || title === node.textContent?.trim() ? content : `${content} (${escapeMarkdown(title)})`;
}

/** The summary of a folded part stands alone above it. */
function paragraphOf(node: HTMLElement, text: string): string {
  return node.nodeName === 'SUMMARY' ? `\n\n${text}\n\n` : text;
}

function inlineCode(text: string): string {
  const code = text.replace(/\s+/g, ' ').trim();
  if (code === '') return '';
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${code}${pad}${fence}`;
}

/** A code block holds no links: the links in it follow it. */
function linksIn(pre: HTMLElement): string {
  const links = Array.from(pre.getElementsByTagName('a'))
    .filter((each) => /^https?:/.test(each.getAttribute('href') ?? ''))
    .map((each) => link(escapeMarkdown((each.textContent ?? '').replace(/\s+/g, ' ').trim()), each))
    .filter((each) => each !== '');
  return links.length === 0 ? '' : `${links.join(', ')}\n\n`;
}

/** The text of a code block with its line breaks, whichever way they were written. */
function verbatim(node: Node): string {
  return childrenOf(node)
    .map((child) => (isElement(child) ? (child.nodeName === 'BR' ? '\n' : verbatim(child)) : (child.nodeValue ?? '')))
    .join('');
}
