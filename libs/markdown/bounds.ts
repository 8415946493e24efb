import type { MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it';

/** The empty cells that a table may have beyond those written. */
const MOST_EMPTY_CELLS = 256;
/** The most bytes that encoding makes of a character of an address. */
const MOST_ENCODED = 9;
/** The most HTML for each character of a text; usual texts become a tenth of it. */
const MOST_HTML_FOR_ONE = 16;
/** HTML that a short text may become beside that. */
const SMALL_HTML = 4_096;

/** The most characters of HTML that are made of a text of so many (UTF-16 units). */
export function mostHtmlOf(characters: number): number {
  return MOST_HTML_FOR_ONE * characters + SMALL_HTML;
}

/** The HTML of a text; when that is too long for the text, the text itself, as code. */
export function withinBounds(md: MarkdownIt, source: string, blocks = md.parse(source, {})): string {
  const html = md.renderer.render(blocks, md.options, {});
  return html.length <= mostHtmlOf(source.length) ? html : `<pre><code>${md.utils.escapeHtml(source)}</code></pre>\n`;
}

/**
 * GFM fills short rows up to the width of the head, so some kilobytes could become a megabyte of empty cells. A table
 * with more empty cells than characters, and more than the limit, is shown as it was written.
 */
export function boundedTables(md: MarkdownIt): void {
  const table = md.block.ruler.getRules('').find(({ name }) => name === 'table');
  if (table === undefined) throw new Error('markdown-it has no rule for tables any more');
  const bounded: typeof table = (state, start, end, silent) => {
    if (silent || !table(state, start, end, true)) return table(state, start, end, silent);
    const width = cellsIn(lineAt(state, start));
    const after = rowsEnd(state, start + 2, end);
    const text = state.getLines(start, after, state.blkIndent, false);
    let empty = 0;
    for (let line = start + 2; line < after; line += 1) empty += Math.max(0, width - cellsIn(lineAt(state, line)));
    if (empty <= MOST_EMPTY_CELLS + text.length) return table(state, start, end, silent);
    const shown = state.push('code_block', 'code', 0);
    shown.content = `${text}\n`;
    shown.map = [start, after];
    state.line = after;
    return true;
  };
  md.block.ruler.at('table', bounded, { alt: ['paragraph', 'reference'] });
}

/**
 * A defined address may be used a thousand times; links beyond the length of their own addresses become plain words.
 */
export function boundedLinks(md: MarkdownIt): void {
  md.core.ruler.push('bounded_links', (state: StateCore) => {
    let left = MOST_ENCODED * state.src.length;
    const isOver = (token: Token): boolean => {
      for (const [, value] of token.attrs ?? []) left -= String(value).length;
      return left < 0;
    };
    for (const block of state.tokens) if (block.children) block.children = within(block.children, isOver);
  });
}

function within(tokens: readonly Token[], isOver: (token: Token) => boolean): Token[] {
  const dropped: boolean[] = [];
  return tokens.filter((token) => {
    if (token.type === 'image' && isOver(token)) token.type = 'text';
    if (token.type === 'link_open') {
      dropped.push(isOver(token));
      return dropped.at(-1) === false;
    }
    return token.type !== 'link_close' || dropped.pop() === false;
  });
}

/**
 * The line where a table ends, as in markdown-it: at an empty line, at less indentation, and where another block
 * begins.
 */
function rowsEnd(state: StateBlock, from: number, end: number): number {
  const others = state.md.block.ruler.getRules('blockquote');
  let line = from;
  while (line < end) {
    const at = line;
    const indent = (state.sCount[at] ?? 0) - state.blkIndent;
    if (indent < 0 || indent >= 4 || lineAt(state, at) === '') break;
    if (others.some((rule) => rule(state, at, end, true))) break;
    line += 1;
  }
  return line;
}

function lineAt(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trim();
}

/** As many as bars part, those at the ends aside. */
function cellsIn(line: string): number {
  const inner = line.replace(/^\|/, '').replace(/\|$/, '');
  let cells = 1;
  for (let at = inner.indexOf('|'); at >= 0; at = inner.indexOf('|', at + 1)) cells += 1;
  return cells;
}
