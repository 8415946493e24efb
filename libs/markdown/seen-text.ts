import type { Token } from 'markdown-it';
import { altOf } from './images.ts';

/** Only with one of these does a text say anything else than it is written, or have a link. */
const MARKUP = /[\\`*_[<>|~&@]|https?:|mailto:|www\.|^[ \t]{0,9}[-+=#\d]/imu;

/** False for a text that readers see as it is written, without links. */
export function hasMarkup(source: string): boolean {
  return MARKUP.test(source);
}

/** The text of rendered blocks, joined as readers read it: inline marks part nothing, blocks and cells do. */
export function seenTextOf(blocks: readonly Token[]): string {
  const texts = blocks.map(({ content, children }) => (children === null ? content : children.map(seenIn).join('')));
  return texts.filter((text) => text !== '').join('\n\n');
}

function seenIn(token: Token): string {
  const { type, content } = token;
  if (type === 'image') return altOf(token);
  return type === 'softbreak' || type === 'hardbreak' ? '\n' : content;
}

/** Every address that a reader may follow or load, in order, as it stands in the HTML. */
export function linkedAddresses(blocks: readonly Token[]): readonly string[] {
  return blocks.flatMap(({ children }) => (children ?? []).flatMap(addressOf));
}

function addressOf(token: Token): string | readonly [] {
  const address = token.attrGet('href') ?? token.attrGet('src');
  return address === null ? [] : String(address);
}
