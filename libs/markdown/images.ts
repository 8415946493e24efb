import type { MarkdownIt, Token } from 'markdown-it';
import { isSafeImage } from './links.ts';

/** In comments pictures are links: a page must not load from elsewhere because a reader wrote so. */
export function imagesAsLinks(md: MarkdownIt): void {
  md.core.ruler.push('images_as_links', (state) => {
    for (const block of state.tokens) if (block.children) block.children = withoutImages(block.children, state.Token);
  });
}

function withoutImages(tokens: readonly Token[], NewToken: typeof Token): Token[] {
  let linksOpen = 0;
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') linksOpen += 1;
    if (token.type === 'link_close') linksOpen -= 1;
    if (token.type !== 'image') return [token];
    const text = new NewToken('text', '', 0);
    const src = attribute(token, 'src');
    text.content = altOf(token) || src;
    if (linksOpen > 0 || !isSafeImage(src)) return [text];
    const open = new NewToken('link_open', 'a', 1);
    open.attrs = [['href', src]];
    return [open, text, new NewToken('link_close', 'a', -1)];
  });
}

/** In posts they are loaded when they come into view, and the other site is not told from where. */
export function lazyImages(md: MarkdownIt): void {
  md.renderer.rules['image'] = (tokens, index) => {
    const token = tokens[index];
    if (!token) return '';
    const src = attribute(token, 'src');
    const alt = md.utils.escapeHtml(altOf(token));
    if (!isSafeImage(src)) return alt;
    const title = attribute(token, 'title');
    const titled = title ? ` title="${md.utils.escapeHtml(title)}"` : '';
    return `<img src="${md.utils.escapeHtml(src)}" alt="${alt}"${titled} loading="lazy" referrerpolicy="no-referrer">`;
  };
}

/** An image's description as plain text. */
function altOf(token: Token): string {
  return (token.children ?? []).map((child) => (child.type === 'image' ? altOf(child) : child.content)).join('');
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}
