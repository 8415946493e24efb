import type TurndownService from 'turndown';
import { childrenOf, isElement } from './dom.ts';
import { inOneLine } from './one-line.ts';

/** Elements that a cell of a Markdown table cannot hold. */
const BLOCKS_IN_CELLS = ['pre', 'ul', 'ol', 'dl', 'blockquote', 'table', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/**
 * Tables in GFM's form. A table that Markdown cannot express (blocks in its cells, another table, a single column:
 * tables for layout) is written out cell by cell. The plugin's own rule would leave it as HTML, which the forum shows
 * as text.
 */
export function addTables(service: TurndownService): void {
  service.addRule('tableCell', {
    filter: ['td', 'th'],
    replacement: (content: string, node: HTMLElement) =>
      isGrid(tableOf(node)) ? ` ${cell(content)} |${' |'.repeat(span(node) - 1)}` : `\n\n${content}\n\n`,
  });
  service.addRule('tableRow', {
    filter: 'tr',
    replacement: (content: string, node: HTMLElement) => row(content, node),
  });
  service.addRule('tableSection', { filter: ['thead', 'tbody', 'tfoot'], replacement: (content) => content });
  service.addRule('tableCaption', { filter: 'caption', replacement: () => '' });
  service.addRule('table', {
    filter: 'table',
    replacement: (content: string, node: HTMLElement) => table(content, node),
  });
}

function cell(content: string): string {
  return inOneLine(content.trim()).replace(/(?<!\\)\|/g, '\\|');
}

function row(content: string, node: HTMLElement): string {
  const parent = tableOf(node);
  if (!isGrid(parent)) return content;
  const width = Math.max(...rowsOf(parent).map(widthOf));
  const line = `|${content.replace(/\n+/g, ' ')}${' |'.repeat(width - widthOf(node))}`;
  if (rowsOf(parent)[0] !== node) return `${line}\n`;
  const rule = `|${alignments(node, width)
    .map((mark) => ` ${mark} |`)
    .join('')}`;
  return isHeading(node) ? `${line}\n${rule}\n` : `|${' |'.repeat(width)}\n${rule}\n${line}\n`;
}

function table(content: string, node: HTMLElement): string {
  const caption = Array.from(node.getElementsByTagName('caption'))[0]?.textContent?.trim() ?? '';
  return `\n\n${caption === '' ? '' : `${caption}\n\n`}${content.trim()}\n\n`;
}

function isGrid(node: HTMLElement | null): node is HTMLElement {
  if (node === null || BLOCKS_IN_CELLS.some((name) => node.getElementsByTagName(name).length > 0)) return false;
  return rowsOf(node).some((each) => widthOf(each) > 1);
}

function isHeading(node: HTMLElement): boolean {
  return node.parentNode?.nodeName === 'THEAD' || cellsOf(node).every((each) => each.nodeName === 'TH');
}

function alignments(node: HTMLElement, width: number): readonly string[] {
  const marks = cellsOf(node).flatMap((each) => {
    const style = /text-align:\s*(left|right|center)/i.exec(each.getAttribute('style') ?? '')?.[1];
    const align = (each.getAttribute('align') ?? style ?? '').toLowerCase();
    return Array<string>(span(each)).fill(align === 'right' ? '---:' : align === 'center' ? ':---:' : '---');
  });
  return Array.from({ length: width }, (_, index) => marks[index] ?? '---');
}

function tableOf(node: HTMLElement): HTMLElement | null {
  let at = node.parentElement;
  while (at !== null && at.nodeName !== 'TABLE') at = at.parentElement;
  return at;
}

function rowsOf(node: HTMLElement): readonly HTMLElement[] {
  return Array.from(node.getElementsByTagName('tr'));
}

function cellsOf(node: HTMLElement): readonly HTMLElement[] {
  return childrenOf(node)
    .filter(isElement)
    .filter((child) => /^T[DH]$/.test(child.nodeName));
}

function widthOf(node: HTMLElement): number {
  return cellsOf(node).reduce((sum, each) => sum + span(each), 0);
}

function span(node: HTMLElement): number {
  const columns = Number(node.getAttribute('colspan') ?? 1);
  return columns >= 1 && columns <= 100 ? Math.floor(columns) : 1;
}
