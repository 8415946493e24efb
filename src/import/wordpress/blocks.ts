import { isRecord } from '../../../libs/kernel/index.ts';
import { plainText } from '../html/parse-html.ts';

/** Reusable blocks may hold others; one that holds itself ends here. */
const MOST_DEPTH = 5;
/** The editor writes no `<` in what it notes of a block. */
const REFERENCE = /<!--\s*wp:block\s+(\{[^}<]*\})\s*\/-->/g;

/** The content with its reusable blocks in their places; what the export does not hold stays out. */
export function withBlocks(content: string, blockOf: (id: string) => string | undefined, depth = 0): string {
  if (depth >= MOST_DEPTH || !content.includes('wp:block')) return content;
  return content.replace(REFERENCE, (_, attributes: string) => {
    const ref = /"ref"\s*:\s*(\d+)/.exec(attributes)?.[1];
    return ref === undefined ? '' : withBlocks(blockOf(ref) ?? '', blockOf, depth + 1);
  });
}

/** A footnote of the block editor: its words lie beside the post, its mark in it. */
export interface Footnote {
  readonly id: string;
  /** HTML. */
  readonly content: string;
}

/** Out of the post's `footnotes`, a JSON list; nothing of what is none. */
export function footnotesIn(json: string): readonly Footnote[] {
  if (json === '') return [];
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.filter(isFootnote) : [];
  } catch {
    return [];
  }
}

function isFootnote(value: unknown): value is Footnote {
  return isRecord(value) && typeof value['id'] === 'string' && typeof value['content'] === 'string';
}

const LIST = /<!--\s*wp:footnotes\b[^<>]*\/-->/;

/** The notes as a numbered list where the block editor shows them, or at the end. */
export function withFootnotes(html: string, footnotes: readonly Footnote[]): string {
  const shown = footnotes.filter(({ content }) => plainText(content) !== '');
  if (shown.length === 0 || !shown.some(({ id }) => html.includes(id))) return html;
  const list = `<ol>${shown.map(({ content }) => `<li>${content}</li>`).join('')}</ol>`;
  return LIST.test(html) ? html.replace(LIST, () => list) : `${html}\n\n${list}`;
}
