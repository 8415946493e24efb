import MarkdownItClass from 'markdown-it';
import { plainTextToMarkdown } from '../../../libs/markdown/index.ts';
import { type HtmlOptions, htmlToMarkdown } from '../html/html-to-markdown.ts';
import type { SourceComment } from '../source/source-comment.ts';

/** A tag of HTML as people write it, or an entity. */
const MARKUP = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>|&(?:#\d+|#x[\da-f]+|[a-z]+);/i;
/** Markdown whose HTML counts, as the systems read it that allow it. */
const reader = new MarkdownItClass({ html: true, breaks: true, linkify: false });

/** A comment's text as Markdown, its images marked. */
export function markdownOf(
  { text, form }: Pick<SourceComment, 'text' | 'form'>,
  options: Omit<HtmlOptions, 'lines' | 'marksImages'>,
): string {
  switch (form) {
    case 'html':
      return htmlToMarkdown(text, { lines: false, marksImages: true, ...options });
    case 'html with lines':
      return htmlToMarkdown(text, { lines: true, marksImages: true, ...options });
    case 'markdown':
      return MARKUP.test(text)
        ? htmlToMarkdown(reader.render(text.slice(0, options.most)), { lines: false, marksImages: true, ...options })
        : text;
    case 'plain':
      return plainTextToMarkdown(text);
    default:
      return form satisfies never;
  }
}
