import { htmlToMarkdown } from '../html/html-to-markdown.ts';
import { expandShortcodes, type Gallery } from './shortcodes.ts';

const MORE = /<!--more\b.*?-->/i;

export interface PostText {
  readonly body: string;
  /** What stood before `<!--more-->`; null without it. */
  readonly teaser: string | null;
}

export interface TextContext {
  readonly baseUrl: string | null;
  readonly gallery: Gallery;
}

/** A post's content as Markdown; in posts of the block editor line ends mean nothing, in older ones they do. */
export function postText(content: string, context: TextContext): PostText {
  const lines = !/<!--\s*wp:/.test(content);
  const markdown = (html: string) =>
    htmlToMarkdown(expandShortcodes(html, context.gallery), { lines, baseUrl: context.baseUrl });
  const cut = content.search(MORE);
  const whole = content.replace(MORE, '\n\n').replace(/<!--nextpage-->/gi, '\n\n<hr>\n\n');
  const teaser = cut > 0 ? markdown(content.slice(0, cut)) : '';
  return { body: markdown(whole), teaser: teaser === '' ? null : teaser };
}

/** A comment's content as Markdown: HTML in which line ends count. */
export function commentText(content: string, baseUrl: string | null): string {
  return htmlToMarkdown(content, { lines: true, baseUrl });
}
