import { hasMarks, marked, nameWords, pairsOf, SHORT_BEGINNING } from './indexed.ts';
import type { Search, Term } from './parse-search.ts';
import { segmentsOf } from './segments.ts';
import { type SpacedWord, type Word, wordsInText } from './words-in-text.ts';

/** What must be in the row besides: each an expression. */
export interface Conditions {
  readonly all: readonly string[];
  readonly none: readonly string[];
}

/**
 * A search as an FTS5 expression over texts in the form of `indexedText`. With `exact` it is narrower: marks count, and
 * stretches without spaces must be whole words by the dictionary; null where that makes no difference.
 */
export function matchOf(search: Search, also: Conditions, exact = false): string | null {
  const narrow = exact ? search.all.flatMap(exactMatches) : [];
  if (exact && narrow.length === 0) return null;
  const all = [...search.all.map(termMatch), ...narrow, ...also.all];
  const none = [...search.none.map(termMatch), ...also.none];
  const wanted = all.map((one) => `(${one})`).join(' AND ');
  return none.length === 0 ? wanted : `(${wanted}) NOT (${none.map((one) => `(${one})`).join(' OR ')})`;
}

/** A name as a condition. Null for a name without a word. */
export function nameMatch(name: string): string | null {
  const words = wordsInText(name).flatMap(nameWords);
  return words.length === 0 ? null : phrase(words);
}

function termMatch({ words, isBeginning }: Term): string {
  const parts: string[] = [];
  let neighbours: SpacedWord[] = [];
  const flush = (isLast: boolean): void => {
    if (neighbours.length > 0) parts.push(spacedMatch(neighbours, isLast && isBeginning));
    neighbours = [];
  };
  for (const word of words) {
    if (word.kind === 'spaced') neighbours.push(word);
    else {
      flush(false);
      parts.push(runMatch(word));
    }
  }
  flush(true);
  return parts.join(' AND ');
}

function spacedMatch(words: readonly SpacedWord[], isBeginning: boolean): string {
  const [first] = words;
  const isShort = isBeginning && words.length === 1 && [...(first?.folded ?? '')].length === SHORT_BEGINNING;
  if (isShort) return phrase([`^${first?.folded}`]);
  return phrase(words.map(({ folded }) => folded)) + (isBeginning ? ' *' : '');
}

function runMatch({ clusters }: Extract<Word, { kind: 'joined' }>): string {
  const pairs = pairsOf(clusters);
  return pairs.length > 0 ? phrase(pairs) : `${phrase([`_${clusters[0]?.folded ?? ''}`])} *`;
}

function exactMatches({ words, isBeginning }: Term): readonly string[] {
  return words.flatMap((word, at) => {
    if (word.kind === 'joined') return [phrase(wholeWords(word))];
    if (!hasMarks(word)) return [];
    return [phrase([marked(word.exact)]) + (isBeginning && at === words.length - 1 ? ' *' : '')];
  });
}

/** A stretch of a search as the dictionary parts it. */
export function wholeWords(run: Extract<Word, { kind: 'joined' }>): readonly string[] {
  const text = run.clusters.map(({ folded }) => folded).join('');
  let at = 0;
  const clusters = run.clusters.map(({ folded }) => {
    at += folded.length;
    return { folded, start: at - folded.length, end: at };
  });
  return segmentsOf(text, { kind: 'joined', clusters, start: 0, end: text.length });
}

/** A string of FTS5: `"` is the only sign that ends it, and no word has one. */
function phrase(words: readonly string[]): string {
  return `"${words.join(' ')}"`;
}
