import { hasMarks } from './indexed.ts';
import { marked, pairsOf } from './kept.ts';
import { wholeWords } from './match-of.ts';
import type { Search, Term } from './parse-search.ts';

/** What a term weighs in a text, and how: the words that are counted, with the weight of one. */
interface Counted {
  readonly words: string;
  readonly weight: number;
}

/** A text of the index; `title` is empty for a comment. */
export interface RankedText {
  readonly title: string;
  readonly body: string;
}

const [PLAIN, EXACT, WHOLE, PART] = [1, 1.5, 2, 0.5];
const IN_TITLE = 3;
/** Occurrences beyond these say nothing more. */
const MOST_COUNTED = 8;
/** Characters of an indexed text of usual length; in a longer one the same word says less. */
const USUAL = 600;

/** Gives each text of the index how well it answers the search: greater is better. The same text always ranks the same. */
export function ranking(search: Search): (text: RankedText) => number {
  const terms = search.all.map(countedOf);
  return ({ title, body }) => {
    const [head, rest] = [` ${title} `, ` ${body} `];
    const length = 0.5 + (0.5 * body.length) / USUAL;
    return terms.reduce((sum, term) => sum + weight(term, rest) / length + IN_TITLE * weight(term, head), 0);
  };
}

function countedOf({ words, isBeginning }: Term): readonly Counted[] {
  const spaced = words.filter((word) => word.kind === 'spaced');
  const phrase = spaced.map(({ folded }) => folded).join(' ');
  const end = isBeginning ? '' : ' ';
  return [
    ...(spaced.length > 0 ? [{ words: ` ${phrase}${end}`, weight: PLAIN }] : []),
    ...(spaced.length > 0 && isBeginning ? [{ words: ` ${phrase} `, weight: WHOLE }] : []),
    ...spaced.filter(hasMarks).map(({ exact }) => ({ words: ` ${marked(exact)}${end}`, weight: EXACT })),
    ...words.flatMap((word) => {
      if (word.kind === 'spaced') return [];
      const pairs = pairsOf(word.clusters.map(({ folded }) => folded));
      const whole = { words: ` ${wholeWords(word).join(' ')} `, weight: WHOLE };
      return pairs.length === 0 ? [whole] : [whole, { words: ` ${pairs.join(' ')} `, weight: PART }];
    }),
  ];
}

/** More of the same adds less and less. */
function weight(term: readonly Counted[], text: string): number {
  return term.reduce((sum, { words, weight: one }) => {
    const found = count(text, words);
    return sum + (one * found) / (found + 1);
  }, 0);
}

function count(text: string, words: string): number {
  let found = 0;
  for (let at = text.indexOf(words); at !== -1 && found < MOST_COUNTED; at = text.indexOf(words, at + 1)) found += 1;
  return found;
}
