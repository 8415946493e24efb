import { atOnce } from '../../../libs/kernel/index.ts';
import type { FoldedText } from './folded-text.ts';
import type { FoundWord } from './parted-words.ts';
import { ReadText } from './read-text.ts';
import { WordIndex } from './word-index.ts';

/** Looks for the words of one list; gives the first of them in the text's order. */
export type FindWord = (text: FoldedText) => FoundWord | null;

const compiled = new WeakMap<readonly string[], FindWord>();
/** The two texts searched last, the last one first; all lists of a policy search the same ones. */
let lastRead: readonly ReadText[] = [];

/**
 * Finds words as people write them. In scripts with spaces the entry is whole words (`casino`; `casino*` finds words
 * that begin so; several words are found in a row). In scripts without spaces (Thai, Lao, Khmer, Burmese, Chinese,
 * Japanese) it may stand anywhere that cuts neither through a letter nor through another word of a dictionary (`หีบ` is
 * not `หี`). Case, width, look-alike letters, digits for letters, drawn-out letters and split ones (`c a s i n o`,
 * `ca-si-no`, `c+a+s+i+n+o`, blanks and what nobody sees) make no difference. A list is compiled once.
 */
export function wordFinder(words: readonly string[]): FindWord {
  return compiled.get(words) ?? atOnce(compilingList(words));
}

/**
 * Compiles a list one word a step, so that the caller can do other work between steps; `wordFinder` then finds the
 * result.
 */
export function* compilingList(words: readonly string[]): Generator<undefined, FindWord> {
  const index = new WordIndex();
  for (const word of words) yield void index.add(word);
  const find: FindWord = (text) => index.firstIn(reading(text));
  compiled.set(words, find);
  return find;
}

function reading(text: FoldedText): ReadText {
  const known = lastRead.find((read) => read.text === text);
  if (known !== undefined) return known;
  const read = new ReadText(text);
  lastRead = [read, ...lastRead.slice(0, 1)];
  return read;
}
