/** Letters of scripts that are written without spaces, each with the marks upon it. */
const UNSPACED =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]\p{M}*/gu;
/** Terms of one search that are looked for; more narrow nothing that a reader would miss. */
const MOST_TERMS = 16;
const WORD = /[\p{L}\p{M}\p{N}\p{Co}]+/gu;

/** Text as the search index takes it: in scripts without spaces every letter becomes a word of its own. */
export function searchable(text: string): string {
  return text.replaceAll(UNSPACED, ' $& ');
}

/**
 * What was asked for as an FTS5 query: every word of it, in any order, by its beginning; letters of scripts without
 * spaces next to one another, so that any part of a text is found. A word that is given again asks nothing more. Null when it holds no word.
 */
export function searchQuery(asked: string): string | null {
  const terms = asked
    .normalize('NFC')
    .toLowerCase()
    .split(/\s+/)
    .map((term) => searchable(term).match(WORD) ?? [])
    .filter((words) => words.length > 0)
    .map((words) => `"${words.join(' ')}" *`);
  const different = [...new Set(terms)].slice(0, MOST_TERMS);
  return different.length > 0 ? different.join(' AND ') : null;
}
