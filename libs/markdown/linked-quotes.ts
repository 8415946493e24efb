import type { Token } from 'markdown-it';
import { plainWordsOf, postTokens } from './markdown.ts';

/** A quotation of a post, the outermost one, with the links that name what it is of. */
export interface LinkedQuote {
  /** Its first line, and the one after its last, both from 0. */
  readonly from: number;
  readonly until: number;
  readonly links: readonly string[];
  /** The words of each block in it that has no such link. */
  readonly said: readonly string[];
}

/** The quotations of a post with a naming link in them, in their order. */
export function linkedQuotes(source: string, isNaming: (link: string) => boolean): readonly LinkedQuote[] {
  if (!source.includes('>')) return [];
  const quotes: { from: number; until: number; links: string[]; said: string[] }[] = [];
  let depth = 0;
  for (const token of postTokens(source)) {
    if (token.type === 'blockquote_close') depth--;
    if (token.type === 'blockquote_open' && depth++ === 0) {
      const [from, until] = token.map ?? [0, 0];
      quotes.push({ from, until, links: [], said: [] });
    }
    const quote = depth > 0 ? quotes.at(-1) : undefined;
    if (quote !== undefined && token.type === 'inline') take(token, quote, isNaming);
    if (quote !== undefined && isCode(token)) quote.said.push(token.content);
  }
  return quotes.filter(({ links }) => links.length > 0);
}

/** The post without these of its quotations. */
export function withoutQuotes(source: string, quotes: readonly LinkedQuote[]): string {
  if (quotes.length === 0) return source;
  const isLeftOut = (line: number): boolean => quotes.some(({ from, until }) => line >= from && line < until);
  return source
    .split(/\r\n|\r|\n/)
    .filter((_, line) => !isLeftOut(line))
    .join('\n');
}

function isCode({ type }: Token): boolean {
  return type === 'fence' || type === 'code_block';
}

function take(
  { children }: Token,
  quote: { readonly links: string[]; readonly said: string[] },
  isNaming: (link: string) => boolean,
): void {
  const parts = children ?? [];
  const links = parts.flatMap((part) => (part.type === 'link_open' ? [String(part.attrGet('href') ?? '')] : []));
  const naming = links.filter(isNaming);
  quote.links.push(...naming);
  if (naming.length === 0) quote.said.push(parts.map(plainWordsOf).join(''));
}
