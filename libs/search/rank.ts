import { hasMarks } from './indexed.ts';
import { joinedLetters, wordsInOrder } from './kept.ts';
import { wholeWords } from './match-of.ts';
import type { Search, Term } from './parse-search.ts';

/** What is counted of a term, in which form of a text, with the weight of one. */
interface Counted {
  readonly words: string;
  readonly within: keyof Forms;
  readonly weight: number;
}

/** A kept text in the forms in which something is counted, each with a space at both ends. */
interface Forms {
  readonly kept: string;
  readonly inOrder: string;
  readonly letters: string;
}

/** A text as `keptWords` has it, since most of what an index has of it is not counted; `title` is empty for a comment. */
export interface RankedText {
  readonly title: string;
  readonly body: string;
}

const [PLAIN, EXACT, WHOLE, PART] = [1, 1.5, 2, 0.5];
const IN_TITLE = 3;
/** Occurrences beyond these say nothing more. */
const MOST_COUNTED = 8;
/** Characters of a kept text of usual length; in a longer one the same word says less. */
const USUAL = 250;

/** Gives each text how well it answers the search: greater is better. The same text always ranks the same. */
export function ranking(search: Search): (text: RankedText) => number {
  const terms = search.all.map(countedOf);
  const counted = new Set(terms.flat().map(({ within }) => within));
  return ({ title, body }) => {
    const rest = formsOf(body, counted);
    const length = 0.5 + (0.5 * body.length) / USUAL;
    const inBody = terms.reduce((sum, term) => sum + weight(term, rest), 0) / length;
    if (title === '') return inBody;
    const head = formsOf(title, counted);
    return terms.reduce((sum, term) => sum + IN_TITLE * weight(term, head), inBody);
  };
}

/** Whether a text has the stretches without spaces that a search looks for, unparted; null where there are none of two words. */
export function joinedAs(search: Search): ((text: RankedText) => boolean) | null {
  const stretches = search.all
    .flatMap(({ words }) => words.flatMap((word) => (word.kind === 'joined' ? [word] : [])))
    .filter((word) => wholeWords(word).length > 1)
    .map(({ clusters }) => clusters.map(({ folded }) => folded).join(''));
  if (stretches.length === 0) return null;
  return ({ title, body }) => {
    const letters = ` ${joinedLetters(title)}  ${joinedLetters(body)} `;
    return stretches.every((one) => count(letters, one, partsNoLetter) > 0);
  };
}

/** Only those that are counted. */
function formsOf(kept: string, counted: ReadonlySet<keyof Forms>): Forms {
  return {
    kept: counted.has('kept') ? ` ${kept} ` : '',
    inOrder: counted.has('inOrder') ? ` ${wordsInOrder(kept)} ` : '',
    letters: counted.has('letters') ? ` ${joinedLetters(kept)} ` : '',
  };
}

function countedOf({ words, isBeginning }: Term): readonly Counted[] {
  const spaced = words.filter((word) => word.kind === 'spaced');
  const phrase = spaced.map(({ folded }) => folded).join(' ');
  const end = isBeginning ? '' : ' ';
  return [
    ...(spaced.length > 0 ? [{ words: ` ${phrase}${end}`, within: 'inOrder', weight: PLAIN } as const] : []),
    ...(spaced.length > 0 && isBeginning ? [{ words: ` ${phrase} `, within: 'inOrder', weight: WHOLE } as const] : []),
    ...spaced
      .filter(hasMarks)
      .map(({ exact }) => ({ words: ` ${exact}${end}`, within: 'kept', weight: EXACT }) as const),
    ...words.flatMap((word): readonly Counted[] => {
      if (word.kind === 'spaced') return [];
      const whole: Counted = { words: ` ${wholeWords(word).join(' ')} `, within: 'inOrder', weight: WHOLE };
      const letters = word.clusters.map(({ folded }) => folded);
      return letters.length === 1 ? [whole] : [whole, { words: letters.join(''), within: 'letters', weight: PART }];
    }),
  ];
}

/** More of the same adds less and less. */
function weight(term: readonly Counted[], text: Forms): number {
  return term.reduce((sum, { words, within, weight: one }) => {
    const found = count(text[within], words, within === 'letters' ? partsNoLetter : anywhere);
    return sum + (one * found) / (found + 1);
  }, 0);
}

function count(text: string, words: string, isThere: (text: string, start: number, end: number) => boolean): number {
  let found = 0;
  for (let at = text.indexOf(words); at !== -1 && found < MOST_COUNTED; at = text.indexOf(words, at + 1)) {
    if (isThere(text, at, at + words.length)) found += 1;
  }
  return found;
}

const anywhere = (): boolean => true;
/** What belongs to the letter before it, and what takes the next letter below itself. */
const [GOES_ON, HOLDS_NEXT] = [/[\p{M}\p{Cf}\u0e33\u0eb3]/u, /[\u17d2\u1039]/];

/** Whether a stretch neither begins nor ends within a letter with its marks. */
function partsNoLetter(text: string, start: number, end: number): boolean {
  return !GOES_ON.test(text.charAt(end)) && !HOLDS_NEXT.test(text.charAt(start - 1));
}
