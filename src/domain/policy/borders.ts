import { madeOnce } from '../../../libs/kernel/index.ts';
import { isUnspaced, SCRIPTS_UNSPACED } from './scripts.ts';

/** Finds words in any script without spaces by dictionaries, whatever the language. */
const segmenter = madeOnce(() => new Intl.Segmenter('en', { granularity: 'word' }));

/** Without letters of other scripts, which would be taken for a part of the word beside them. */
const STRETCH = new RegExp(`[${SCRIPTS_UNSPACED}]+`, 'gu');
/** For parts of texts, whether a dictionary has them as one word. */
const words = new Map<string, boolean>();
const MOST_WORDS = 5_000;
/** Parts of one text that dictionaries are asked about; a text with more of them was made to be slow. */
const MOST_ASKED = 200;
/** UTF-16 units; no word is longer. */
const LONGEST = 40;
/** UTF-16 units of a word that longer words are made of; shorter ones are in nearly all of them. */
const SHORTEST_PART = 2;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where words begin and end in the run of a text in scripts without spaces, which is taken apart when first asked. */
export class Borders {
  readonly #run: string;
  /** Whether something that parts words stood before a unit of the run. */
  readonly #isParted: (at: number) => boolean;
  #starts: Int32Array | undefined;
  #asked = 0;

  constructor(run: string, isParted: (at: number) => boolean) {
    this.#run = run;
    this.#isParted = isParted;
  }

  /**
   * Whether a part can be words of its own: no word of a dictionary goes on over its beginning or its end, except one
   * that is made of this part and other words. What no dictionary has hides nothing: `อีหี` holds `หี`.
   */
  allow({ start, end }: Span): boolean {
    const longer = this.#wordOver(start) ?? this.#wordOver(end);
    if (longer === null) return true;
    if (longer.start > start || longer.end < end) return false;
    return this.#isPart(longer.start, start) && this.#isPart(end, longer.end);
  }

  /** The word that goes on over a place between two units. */
  #wordOver(place: number): Span | null {
    if (this.#isFree(place)) return null;
    this.#starts ??= startsIn(this.#run);
    const start = this.#starts[place] ?? place;
    if (start === place) return null;
    let end = place;
    while (end < this.#run.length && this.#starts[end] === start && end - start <= LONGEST) end += 1;
    return this.#isWord(start, end) ? { start, end } : null;
  }

  #isFree(place: number): boolean {
    const [before, after] = [this.#run.charAt(place - 1), this.#run.charAt(place)];
    return !isUnspaced(before) || !isUnspaced(after) || this.#isParted(place);
  }

  #isPart(start: number, end: number): boolean {
    return start === end || (end - start >= SHORTEST_PART && this.#isWord(start, end));
  }

  #isWord(start: number, end: number): boolean {
    if (end - start > LONGEST) return false;
    const part = this.#run.slice(start, end);
    const known = words.get(part);
    if (known !== undefined) return known;
    this.#asked += 1;
    if (this.#asked > MOST_ASKED) return false;
    if (words.size >= MOST_WORDS) words.clear();
    const is = isOneWord(part);
    words.set(part, is);
    return is;
  }
}

/** For each unit, where the word that it is in starts. */
function startsIn(run: string): Int32Array {
  const starts = new Int32Array(run.length);
  for (const { 0: stretch, index: from } of run.matchAll(STRETCH))
    for (const { index, segment } of segmenter().segment(stretch))
      starts.fill(from + index, from + index, from + index + segment.length);
  return starts;
}

/** What a dictionary does not have is joined to one part; written twice, it is joined to one too, or falls apart. */
function isOneWord(part: string): boolean {
  for (const { segment } of segmenter().segment(part + part)) return segment === part;
  return false;
}
