import { escapedHtml } from '../../../libs/kernel/index.ts';

/** Scripts with spaces between words: there a part must be a whole word. */
const SPACED = '\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{M}\\p{N}';
const BEGINS_SPACED = new RegExp(`^[${SPACED}]`, 'u');
const ENDS_SPACED = new RegExp(`[${SPACED}]$`, 'u');

/**
 * A comment's HTML with the parts that a rule caught in <mark>. Only texts are searched, never tags, so that only marks
 * are added; a part that crosses a tag stays unmarked.
 */
export function withMarks(html: string, parts: readonly string[]): string {
  const sought = parts.map(escapedHtml).filter((part) => part !== '');
  if (sought.length === 0) return html;
  const any = new RegExp(sought.map(asPattern).join('|'), 'gu');
  return html.replace(/<[^<>]*>|[^<]+/g, (piece) =>
    piece.startsWith('<') ? piece : piece.replace(any, (part) => `<mark>${part}</mark>`),
  );
}

function asPattern(part: string): string {
  const text = part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  return `${BEGINS_SPACED.test(part) ? `(?<![${SPACED}])` : ''}${text}${ENDS_SPACED.test(part) ? `(?![${SPACED}])` : ''}`;
}
