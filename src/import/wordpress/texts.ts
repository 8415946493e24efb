import { type HtmlOptions, htmlToMarkdown, type Rewrite } from '../html/html-to-markdown.ts';
import { CODE } from '../html/parse-html.ts';
import { replaceEnclosed, type Tag, tagsIn } from '../tags-in.ts';
import { type Footnote, withFootnotes } from './blocks.ts';
import { expandShortcodes, type Gallery, unknownShortcodes } from './shortcodes.ts';

const MORE = { starts: /<!--more\b/gi, ends: '-->' };

export type { Rewrite };

export interface PostText {
  readonly body: string;
  /** The text before `<!--more-->`; null without it. */
  readonly teaser: string | null;
  /** Names of shortcodes that stay as they were written, one for each time. */
  readonly shortcodes: readonly string[];
}

export interface TextContext {
  readonly baseUrl: string | null;
  readonly gallery: Gallery;
  readonly footnotes: readonly Footnote[];
  readonly rewrite: Rewrite;
  readonly most: HtmlOptions['most'];
}

/** A post's content as Markdown, its images marked; in posts of the block editor line ends mean nothing, in older ones they do. */
export function postText(content: string, context: TextContext): PostText {
  const lines = !/<!--\s*wp:/.test(content);
  const expanded = (html: string) => expandShortcodes(withFootnotes(html, context.footnotes), context.gallery);
  const { baseUrl, rewrite, most } = context;
  const markdown = (html: string) =>
    htmlToMarkdown(expanded(html), { lines, baseUrl, rewrite, most, marksImages: true });
  const more = moreIn(content);
  const joined = more === undefined ? content : `${content.slice(0, more.start)}\n\n${content.slice(more.end)}`;
  const whole = joined.replace(/<!--nextpage-->/gi, '\n\n<hr>\n\n');
  const teaser = more !== undefined && more.start > 0 ? markdown(content.slice(0, more.start)) : '';
  return {
    body: markdown(whole),
    teaser: teaser === '' ? null : teaser,
    shortcodes: unknownShortcodes(replaceEnclosed(expanded(whole), CODE, () => '')),
  };
}

/** The first one that stands on one line. */
function moreIn(content: string): Tag | undefined {
  for (const tag of tagsIn(content, MORE)) if (!tag.attributes.includes('\n')) return tag;
  return undefined;
}

/** A comment's content as Markdown, its images marked: HTML in which line ends count. */
export function commentText(content: string, options: Omit<HtmlOptions, 'lines' | 'marksImages'>): string {
  return htmlToMarkdown(content, { lines: true, marksImages: true, ...options });
}
