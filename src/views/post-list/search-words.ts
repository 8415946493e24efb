import { composed } from '../../../libs/words/index.ts';

/** Letters of scripts written without spaces, each with its marks. */
const UNSPACED =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]\p{M}*/gu;
/** The most terms that one search uses; more would exclude nothing that a reader would miss. */
const MOST_TERMS = 16;
const WORD = /[\p{L}\p{M}\p{N}\p{Co}]+/gu;

/** Text in the form of the search index: in scripts without spaces every letter becomes a word of its own. */
export function searchable(text: string): string {
  return text.replaceAll(UNSPACED, ' $& ');
}

/**
 * The search as an FTS5 query: every word of it, in any order, by its beginning. Letters of scripts without spaces must
 * stand next to one another, so that any part of a text is found. A repeated word adds nothing. Null when the search
 * has no word.
 */
export function searchQuery(asked: string): string | null {
  const terms = composed(asked)
    .toLowerCase()
    .split(/\s+/)
    .map((term) => searchable(term).match(WORD) ?? [])
    .filter((words) => words.length > 0)
    .map((words) => `"${words.join(' ')}" *`);
  const different = [...new Set(terms)].slice(0, MOST_TERMS);
  return different.length > 0 ? different.join(' AND ') : null;
}
