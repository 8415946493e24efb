import type { Token } from 'markdown-it';
import { altOf } from './images.ts';
import { postTokens } from './markdown.ts';

/** A block that has others inside, while it is read. */
interface Open {
  /** Stands before the first line of a list's entry. */
  readonly marker: string;
  readonly parts: string[];
}

type Close = (inside: Open) => string;

const prefixed = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');

/** What blocks with others inside become. */
const CLOSES: Readonly<Record<string, Close>> = {
  blockquote: ({ parts }) => prefixed(parts.join('\n\n')),
  bullet_list: ({ parts }) => parts.join('\n'),
  ordered_list: ({ parts }) => parts.join('\n'),
  list_item: ({ marker, parts }) => `${marker}${parts.join('\n').replace(/\n/g, `\n${' '.repeat(marker.length)}`)}`,
  table: ({ parts }) => parts.join('\n'),
  tr: ({ parts }) => parts.join(' | '),
};

/** A post as plain text for a mail: no markup, whole addresses behind the words of links, and quotes behind `>`. */
export function letterTextOf(source: string, base: string): string {
  const open: Open[] = [{ marker: '', parts: [] }];
  const add = (text: string): void => void open.at(-1)?.parts.push(text);
  for (const token of postTokens(source)) {
    const close = CLOSES[token.type.replace(/_(?:open|close)$/, '')];
    if (close !== undefined && token.nesting === 1) open.push({ marker: markerOf(token), parts: [] });
    else if (close !== undefined) add(close(open.pop() ?? { marker: '', parts: [] }));
    else if (token.children) add(lineOf(token.children, base).trim());
    else if (token.type === 'hr') add('* * *');
    else if (token.content !== '') add(token.content.trimEnd());
  }
  return (open[0]?.parts ?? []).join('\n\n');
}

function markerOf({ type, info, markup }: Token): string {
  if (type !== 'list_item_open') return '';
  return info === '' ? '* ' : `${info}${markup} `;
}

function lineOf(tokens: readonly Token[], base: string): string {
  let text = '';
  let link = { from: 0, href: '' };
  for (const token of tokens) {
    if (token.type === 'link_open') link = { from: text.length, href: token.info === 'auto' ? '' : hrefOf(token) };
    else if (token.type === 'link_close') text = withAddress(text, link, base);
    else if (token.type === 'softbreak' || token.type === 'hardbreak') text += '\n';
    else text += token.type === 'image' ? altOf(token) : token.content;
  }
  return text;
}

const hrefOf = (token: Token): string => String(token.attrGet('href') ?? '');

/** An address that is the words of its link stands there once. */
function withAddress(text: string, { from, href }: { from: number; href: string }, base: string): string {
  const words = text.slice(from);
  if (words === href || href === '') return text;
  const address = URL.parse(href, base)?.href ?? href;
  return words === '' ? `${text}${address}` : `${text} (${address})`;
}
