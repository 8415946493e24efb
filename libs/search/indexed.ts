import { indexedWords, keptWords } from './kept.ts';
import { type JoinedRun, type SpacedWord, wordsInText } from './words-in-text.ts';

/**
 * The tokenizer of an FTS5 table of such texts: everything but a space is part of a word, and letters are lower case
 * already.
 */
export const TOKENIZER = `ascii tokenchars '=_@:^!'`;

/** A text as an index has it; see `indexedWords`. */
export function indexedText(text: string): string {
  return indexedWords(keptWords(text));
}

/** Names, which are found by `author:` alone. */
export function indexedName(name: string): string {
  return wordsInText(name).flatMap(nameWords).join(' ');
}

/** The words of a name as the index has them. */
export function nameWords(word: SpacedWord | JoinedRun): readonly string[] {
  if (word.kind === 'spaced') return [`@${word.folded}`];
  return word.clusters.map(({ folded }) => `@${folded}`);
}

export function hasMarks({ exact, folded }: SpacedWord): boolean {
  return exact !== folded;
}
