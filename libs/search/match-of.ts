import { expressionOf, type SoughtWords } from './expression.ts';
import { hasMarks, nameWords } from './indexed.ts';
import { beginningOf, isLong, letterWord, marked, pairsOf } from './kept.ts';
import type { Search, Term } from './parse-search.ts';
import { segmentsOf } from './segments.ts';
import { type Word, wordsInText } from './words-in-text.ts';

/** What must be in the row besides: each an expression. */
export interface Conditions {
  readonly all: readonly string[];
  readonly none: readonly string[];
}

/** The words of the index that begin so; null when they are too many to look for each. */
export type Vocabulary = (beginning: string) => readonly string[] | null;

export interface Matching {
  /** Marks count, and stretches without spaces must be whole words by the dictionary. */
  readonly exact?: boolean;
  /** Without it, a long beginning reads all words that begin so. */
  readonly vocabulary?: Vocabulary;
}

/** A word that no text has. */
const NOTHING = '^';

/** `soughtBy` as one expression. */
export function matchOf(search: Search, also: Conditions, how: Matching = {}): string | null {
  const sought = soughtBy(search, also, how);
  return sought && expressionOf(sought);
}

/**
 * A search over texts in the form of `indexedText`; with `exact` null where that makes no difference. What
 * has a beginning of too many words finds more: `beginsAs` says which of it; with `exact`, what has the words of a stretch apart
 * is found too: `joinedAs`.
 */
export function soughtBy(
  search: Search,
  also: Conditions,
  { exact = false, vocabulary }: Matching = {},
): SoughtWords | null {
  const narrow = search.all.map((term) => (exact ? exactMatches(term) : []));
  if (exact && narrow.every((matches) => matches.length === 0)) return null;
  const wide = search.all.flatMap((term, at) => (isWithin(term, narrow[at]) ? [] : termMatches(term, vocabulary)));
  const isTold = (term: Term): boolean => broadBeginning(term, vocabulary) === null;
  const none = search.none.filter(isTold).map((term) => termMatches(term, vocabulary));
  return { all: [...wide, ...narrow.flat(), ...also.all], none: [...none, ...also.none.map((one) => [one])] };
}

/** Whether an indexed text has the beginnings of too many words, and not those that are left out; null when there are none. */
export function beginsAs(search: Search, vocabulary: Vocabulary): ((text: string) => boolean) | null {
  const broad = (terms: readonly Term[]): readonly string[] =>
    terms.map((term) => broadBeginning(term, vocabulary)).filter((words) => words !== null);
  const [all, none] = [broad(search.all), broad(search.none)];
  if (all.length + none.length === 0) return null;
  return (text) => all.every((words) => text.includes(words)) && !none.some((words) => text.includes(words));
}

/** A name as a condition. Null for a name without a word. */
export function nameMatch(name: string): string | null {
  const words = wordsInText(name).flatMap(nameWords);
  return words.length === 0 ? null : phrase(words);
}

function termMatches(term: Term, vocabulary: Vocabulary | undefined): readonly string[] {
  const parts = term.words.flatMap((word) => (word.kind === 'joined' ? [runMatch(word)] : []));
  for (const { words, isBeginning } of neighboursOf(term)) parts.push(...spacedMatches(words, isBeginning, vocabulary));
  return parts;
}

interface Neighbours {
  readonly words: readonly string[];
  readonly isBeginning: boolean;
}

/** Spaced words that stand next to one another. */
function neighboursOf({ words, isBeginning }: Term): readonly Neighbours[] {
  const found: Neighbours[] = [];
  let next: string[] = [];
  for (const word of words) {
    if (word.kind === 'spaced') next.push(word.folded);
    else if (next.length > 0) {
      found.push({ words: next, isBeginning: false });
      next = [];
    }
  }
  return next.length > 0 ? [...found, { words: next, isBeginning }] : found;
}

function spacedMatches(
  words: readonly string[],
  isBeginning: boolean,
  vocabulary: Vocabulary | undefined,
): readonly string[] {
  if (!isBeginning) return [phrase(words)];
  const [before, last] = [words.slice(0, -1), words.at(-1) ?? ''];
  if (before.length === 0 && !isLong(last)) return [`${phrase([last])} OR ${phrase([beginningOf(last)])}`];
  if (vocabulary === undefined) return [`${phrase(words)} *`];
  const ends = vocabulary(last);
  if (ends !== null) return [ends.map((end) => phrase([...before, end])).join(' OR ') || phrase([NOTHING])];
  const begins = beginningOf(last);
  if (begins === '') return [`${phrase(words)} *`];
  return [...(before.length > 0 ? [phrase(before)] : []), phrase([begins])];
}

/** How the text goes where the words that begin so are too many to look for each. */
function broadBeginning(term: Term, vocabulary: Vocabulary | undefined): string | null {
  const last = neighboursOf(term).at(-1);
  const word = last?.words.at(-1);
  if (vocabulary === undefined || !last?.isBeginning || word === undefined) return null;
  if (last.words.length === 1 && !isLong(word)) return null;
  return vocabulary(word) === null ? ` ${last.words.join(' ')}` : null;
}

function runMatch({ clusters }: Extract<Word, { kind: 'joined' }>): string {
  const letters = clusters.map(({ folded }) => folded);
  return phrase(letters.length > 1 ? pairsOf(letters) : letters.map(letterWord));
}

function exactMatches({ words, isBeginning }: Term): readonly string[] {
  return words.flatMap((word, at) => {
    if (word.kind === 'joined') return [phrase(wholeWords(word))];
    const goesOn = isBeginning && at === words.length - 1;
    return hasMarks(word) && !goesOn ? [phrase([marked(word.exact)])] : [];
  });
}

/** Whether what has all of a term exactly has the term: one word, or stretches of which only `joinedAs` is left to be asked. */
function isWithin({ words }: Term, exact: readonly string[] = []): boolean {
  return exact.length === words.length && (words.length === 1 || words.every(({ kind }) => kind === 'joined'));
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
