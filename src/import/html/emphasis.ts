import { isBlock } from './dom.ts';

const PUNCTUATION = /[\p{P}\p{S}]/u;
const WORD = /[\p{L}\p{N}\p{M}]/u;
/** Punctuation that can safely move out of an emphasis: not the end of a link, of code, or of another emphasis. */
const MOVABLE_END = /^(.*[^\p{P}\p{S}\s])((?:(?![*_`)\]>\\~])[\p{P}\p{S}])+)$/su;
const MOVABLE_START = /^((?:(?![*_`(![<\\~])[\p{P}\p{S}])+)([^\p{P}\p{S}\s].*)$/su;

/**
 * Puts `*` or `**` around a text so that CommonMark recognises it: its rule ignores a delimiter between punctuation and
 * a letter, which happens in Chinese, Thai or Khmer text all the time (`**注意：**请`). There the punctuation moves
 * outside, or a space separates the two.
 */
export function emphasise(content: string, node: HTMLElement, delimiter: '*' | '**'): string {
  return content
    .split(/(\n[ \t]*\n\s*)/)
    .map((part, index, parts) =>
      index % 2 === 1 || part.trim() === '' ? part : around(part, delimiter, neighbours(node, index, parts.length)),
    )
    .join('');
}

interface Neighbours {
  readonly before: string;
  readonly after: string;
}

function neighbours(node: HTMLElement, index: number, count: number): Neighbours {
  return {
    before: index === 0 ? edgeCharacter(node, 'previousSibling') : '',
    after: index === count - 1 ? edgeCharacter(node, 'nextSibling') : '',
  };
}

function around(text: string, delimiter: string, { before, after }: Neighbours): string {
  let [head, inner, tail] = ['', text.trim(), ''];
  if (WORD.test(after) && PUNCTUATION.test([...inner].at(-1) ?? '')) {
    const parts = MOVABLE_END.exec(inner);
    inner = parts?.[1] ?? inner;
    tail = parts?.[2] ?? ' ';
  }
  if (WORD.test(before) && PUNCTUATION.test([...inner][0] ?? '')) {
    const parts = MOVABLE_START.exec(inner);
    inner = parts?.[2] ?? inner;
    head = parts?.[1] ?? ' ';
  }
  return `${head}${delimiter}${inner}${delimiter}${tail}`;
}

/** The character that stands next to an inline element on the page, or '' at the edge of its block. */
function edgeCharacter(node: Node, direction: 'previousSibling' | 'nextSibling'): string {
  for (let at: Node | null = node; at !== null; at = at.parentNode) {
    const sibling = at[direction];
    if (sibling !== null) {
      const characters = [...(sibling.textContent ?? '')];
      return (direction === 'nextSibling' ? characters[0] : characters.at(-1)) ?? '';
    }
    if (at.parentNode === null || isBlock(at.parentNode)) return '';
  }
  return '';
}
