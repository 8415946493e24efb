import type { Translator } from './i18n/translate.ts';

interface Place {
  /** The level of the text's highest heading: one below the heading above it. */
  readonly from: 2 | 3;
  readonly translator: Pick<Translator, 't'>;
}

/**
 * The tags of headings as Markdown is rendered; tags that a page shows carry a mark, so that no text is changed twice.
 */
const HEADING = /<(\/?)h([1-6])>/g;
const SHOWN_HEADING = /<h[1-6] data-level=/;
const SHOWN_TABLE = '<table data-wide';
const LOWEST = 6;

/**
 * Rendered Markdown in the form for pages: its headings below those of the page, in the same steps, and each table and each
 * block of code in a part that scrolls by itself, by keyboard too. The API's answers stay as rendered.
 */
export function shownHtml(html: string, { from, translator }: Place): { readonly __html: string } {
  return { __html: withCode(withTables(withHeadings(html, from), translator), translator) };
}

function withHeadings(html: string, from: number): string {
  if (!html.includes('<h') || SHOWN_HEADING.test(html)) return html;
  const highest = Math.min(...Array.from(html.matchAll(HEADING), ([, , level]) => Number(level)));
  return html.replace(HEADING, (_, end: string, level: string) => {
    const shown = Math.min(LOWEST, from + Number(level) - highest);
    return end === '' ? `<h${shown} data-level="${level}">` : `</h${shown}>`;
  });
}

function withTables(html: string, { t }: Place['translator']): string {
  if (!html.includes('<table>') || html.includes(SHOWN_TABLE)) return html;
  const opening = `<div class="wide" role="group" tabindex="0" aria-label="${t('comment.table')}">${SHOWN_TABLE}="">`;
  return html.replaceAll('<table>', opening).replaceAll('</table>', '</table></div>');
}

function withCode(html: string, { t }: Place['translator']): string {
  return html.replaceAll('<pre>', `<pre role="group" tabindex="0" aria-label="${t('comment.code')}">`);
}
