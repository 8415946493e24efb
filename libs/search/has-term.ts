import { nameWords } from './indexed.ts';
import { letterWord, pairsOf } from './kept.ts';
import type { Term } from './parse-search.ts';
import { type SpacedWord, wordsInText } from './words-in-text.ts';

/** Whether a text in the form of `indexedText` has what a term looks for: the words next to one another, in every script. */
export function hasTerm({ words, isBeginning }: Term, indexed: string): boolean {
  const text = ` ${indexed} `;
  let neighbours: SpacedWord[] = [];
  const hasNeighbours = (end: string): boolean => {
    const phrase = neighbours.map(({ folded }) => folded).join(' ');
    neighbours = [];
    return phrase === '' || text.includes(` ${phrase}${end}`);
  };
  for (const word of words) {
    if (word.kind === 'spaced') neighbours.push(word);
    else {
      const letters = word.clusters.map(({ folded }) => folded);
      const run = letters.length > 1 ? pairsOf(letters) : letters.map(letterWord);
      if (!hasNeighbours(' ') || !text.includes(` ${run.join(' ')} `)) return false;
    }
  }
  return hasNeighbours(isBeginning ? '' : ' ');
}

/** Whether names in the form of `indexedName` have this one; a name without a word is nobody's. */
export function hasName(name: string, indexed: string): boolean {
  const words = wordsInText(name).flatMap(nameWords);
  return words.length > 0 && ` ${indexed} `.includes(` ${words.join(' ')} `);
}
