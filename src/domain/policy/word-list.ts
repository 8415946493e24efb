import { atOnce } from '../../../libs/kernel/index.ts';
import type { FoldedText } from './folded-text.ts';
import type { FoundWord } from './parted-words.ts';
import { ReadText } from './read-text.ts';
import { WordIndex } from './word-index.ts';

/** Looks for the words of one list; gives the first of them in the text's order. */
export type FindWord = (text: FoldedText) => FoundWord | null;

const compiled = new WeakMap<readonly string[], FindWord>();
/** The text that was looked through last: all lists of a policy look through the same. */
let lastRead: ReadText | undefined;

/**
 * Words as people write them: whole words where a script parts words by spaces (`casino`; `casino*` finds what begins so;
 * several words are found one after the other), and any place that does not cut through a letter where it does not (Thai,
 * Lao, Khmer, Burmese, Chinese, Japanese). Case, width, look-alike letters, digits for letters, drawn-out letters and
 * parted ones (`c a s i n o`, `ca-si-no`) make no difference. A list is compiled once.
 */
export function wordFinder(words: readonly string[]): FindWord {
  return compiled.get(words) ?? atOnce(compilingList(words));
}

/** Compiles a list a word a step, for whoever does other things between: `wordFinder` finds it done then. */
export function* compilingList(words: readonly string[]): Generator<undefined, FindWord> {
  const index = new WordIndex();
  for (const word of words) yield void index.add(word);
  const find: FindWord = (text) => index.firstIn(reading(text));
  compiled.set(words, find);
  return find;
}

function reading(text: FoldedText): ReadText {
  if (lastRead?.text !== text) lastRead = new ReadText(text);
  return lastRead;
}
