import type { Borders } from './borders.ts';
import { Prints, printerOf } from './prints.ts';

/**
 * A vowel that is written before its consonant (Thai, Lao), and signs that put the next letter below (Khmer, Burmese).
 */
const BINDS_NEXT = /[\u0e40-\u0e44\u0ec0-\u0ec4\u17d2\u1039]/u;
const MARK = /\p{M}/u;

/** Where in a run an entry stands. */
export interface FoundRun {
  /** The entry as it stands in the list. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The entries of a list in scripts without spaces. At each place of a text the search tries each length of an entry
 * once.
 */
export class Runs {
  readonly #words = new Map<string, string>();
  readonly #prints = new Prints();
  /** The lengths of entries by their first unit, longest first. */
  readonly #lengths = new Map<string, number[]>();

  get size(): number {
    return this.#words.size;
  }

  /** `run` is the form of the entry `word`; of two entries with the same form the first stays. */
  add(word: string, run: string): void {
    if (this.#words.has(run)) return;
    this.#words.set(run, word);
    this.#prints.add(run);
    const first = run.charAt(0);
    const lengths = this.#lengths.get(first) ?? [];
    if (lengths.includes(run.length)) return;
    lengths.push(run.length);
    this.#lengths.set(
      first,
      lengths.sort((a, b) => b - a),
    );
  }

  /**
   * The first entry in the text's order, and the longest where several begin; an entry that would cut through a letter
   * or a word does not count.
   */
  firstIn(run: string, borders: Pick<Borders, 'allow'>): FoundRun | null {
    const print = printerOf(run);
    for (let start = 0; start < run.length; start += 1) {
      for (const length of this.#lengths.get(run.charAt(start)) ?? []) {
        const end = start + length;
        if (end > run.length || !this.#prints.has(print(start, end))) continue;
        const word = this.#words.get(run.slice(start, end));
        if (word !== undefined && !cutsLetter(run, start, end) && borders.allow({ start, end }))
          return { word, start, end };
      }
    }
    return null;
  }
}

function cutsLetter(run: string, start: number, end: number): boolean {
  return MARK.test(run.charAt(end)) || BINDS_NEXT.test(run.charAt(start - 1)) || MARK.test(run.charAt(start));
}
