import { madeOnce, withoutTail } from '../kernel/index.ts';
import { plainTextOf } from './markdown.ts';
import { isLongToRead } from './read-comment.ts';

/** Most of a text that is looked at for its head, and of one that is nothing but small tables, lists or addresses. */
const MOST_READ = 8_000;
const MOST_READ_OF_MARKS = 2_000;
/** The characters of a body that serve as the excerpt of a post without one. */
const POST_EXCERPT_CHARACTERS = 400;

/**
 * The beginning of a Markdown text as one HTML paragraph of plain words, `max` characters (UTF-16 units) at most, cut
 * between words, also in scripts without spaces, with an ellipsis when something follows. Pictures are left out.
 */
export function excerptOf(source: string, max: number): string {
  return asParagraph(cut(plainTextOf(beginningOf(source)), max));
}

/** The same of a post whose author wrote no excerpt. */
export function postExcerptOf(body: string): string {
  return excerptOf(body, POST_EXCERPT_CHARACTERS);
}

/** The same of a comment, which may be a picture alone: its description stands for it. */
export function commentExcerptOf(source: string, max: number): string {
  return asParagraph(headOf(source, max));
}

/** The same as plain text; pictures may be left out. */
export function headOf(source: string, max: number, pictures: 'left out' | 'told' = 'told'): string {
  return cut(plainTextOf(beginningOf(source), pictures), max);
}

function beginningOf(source: string): string {
  const beginning = source.slice(0, MOST_READ);
  return isLongToRead(beginning) ? beginning.slice(0, MOST_READ_OF_MARKS) : beginning;
}

function asParagraph(head: string): string {
  return head === '' ? '' : `<p>${escapeHtml(head)}</p>`;
}

function cut(words: string, max: number): string {
  const text = words.replaceAll(/\s+/g, ' ').trim();
  return text.length > max ? `${wholeWords(text, max - 1)}…` : text;
}

const words = madeOnce(() => new Intl.Segmenter(undefined, { granularity: 'word' }));

function wholeWords(text: string, max: number): string {
  let end = 0;
  for (const { index, segment } of words().segment(text.slice(0, max + 100))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return withoutTail(text.slice(0, end), /[\s\p{P}]/u);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
