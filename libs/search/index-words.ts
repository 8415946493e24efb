import { nameWords } from './indexed.ts';
import { letterWord, pairsOf, SHORT_BEGINNING } from './kept.ts';
import type { Search, Term } from './parse-search.ts';
import { type JoinedRun, wordsInText } from './words-in-text.ts';

/** The words under which an index without positions lists a text: each once. */
export function listedWords(text: string): ReadonlySet<string> {
  const listed = new Set<string>();
  for (const word of wordsInText(text)) {
    if (word.kind === 'joined') for (const each of inRun(word)) listed.add(each);
    else for (const each of [word.folded, ...beginningsOf(word.folded)]) listed.add(each);
  }
  return listed;
}

/** The same for the names of an author. */
export function listedNames(names: string): ReadonlySet<string> {
  return new Set(wordsInText(names).flatMap(nameWords));
}

/** The words under all of which whatever the search finds is listed; more may be listed there. */
export function wordsToLookUp({ all, authors }: Search): ReadonlySet<string> {
  return new Set([...all.flatMap(ofTerm), ...authors.flatMap((name) => wordsInText(name).flatMap(nameWords))]);
}

function ofTerm({ words, isBeginning }: Term): readonly string[] {
  return words.flatMap((word, at) => {
    if (word.kind === 'joined') return word.clusters.length === 1 ? inRun(word) : pairsOf(lettersOf(word));
    const beginning = isBeginning && at === words.length - 1 ? beginningsOf(word.folded).at(-1) : undefined;
    return [beginning ?? word.folded];
  });
}

/** Pairs of letters, which overlap, and each letter. */
function inRun(run: JoinedRun): readonly string[] {
  const letters = lettersOf(run);
  return [...pairsOf(letters), ...letters.map(letterWord)];
}

function lettersOf({ clusters }: JoinedRun): readonly string[] {
  return clusters.map(({ folded }) => folded);
}

/** A syllable of Hangul is two letters or three, so that one or two of them are a beginning. */
const HANGUL = /^\p{Script=Hangul}/u;

/** The beginnings under which a word is listed, the longest last; none for a word that is shorter. */
function beginningsOf(folded: string): readonly string[] {
  const letters = [...folded.slice(0, 2 * SHORT_BEGINNING)].slice(0, SHORT_BEGINNING);
  const shortest = HANGUL.test(folded) ? 1 : SHORT_BEGINNING;
  return letters.flatMap((_, at) => (at + 1 < shortest ? [] : [`^${letters.slice(0, at + 1).join('')}`]));
}
