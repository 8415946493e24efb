import { originalPart } from './folded-text.ts';
import type { ReadText, Row } from './read-text.ts';

export interface FoundWord {
  /** As it stands in the list. */
  readonly word: string;
  /** As it stands in the text. */
  readonly part: string;
}

/** Where in the folded text it was found. */
export interface Place extends FoundWord {
  readonly start: number;
}

/** Entries of one word, by it. */
export interface SingleWords {
  readonly words: ReadonlyMap<string, string>;
  /** Units of the longest one. */
  readonly longest: number;
  /** `printsOf` them. */
  readonly prints: Prints;
}

/** Words whose letters were parted; they begin and end where a piece does. */
export function findParted(single: SingleWords, read: ReadText): Place | null {
  if (single.words.size === 0) return null;
  let first: Place | null = null;
  for (const row of read.rows) {
    const place = placeIn(row, single, read);
    if (place && (!first || place.start < first.start)) first = place;
  }
  return first;
}

/**
 * Each run of tokens is known by a number, made in one step of the numbers of its two ends; only where a word has that
 * number, letters are compared. So the work is the tokens' count times the longest word's, whatever stands in both.
 */
function placeIn(
  { tokens, forms, least }: Row,
  { words, longest, prints }: SingleWords,
  { text }: ReadText,
): Place | null {
  const printed = forms.map((form) => ({ form, print: printerOf(form) }));
  let start = 0;
  for (const [at, first] of tokens.entries()) {
    let end = start + first.text.length;
    for (let next = at + 1; next < tokens.length; next += 1) {
      const last = tokens[next];
      if (!last || end + last.text.length - start > longest) break;
      end += last.text.length;
      if (next - at + 1 < least) continue;
      for (const { form, print } of printed) {
        const word = prints.has(print(start, end)) ? words.get(form.slice(start, end)) : undefined;
        if (word !== undefined) return { word, part: originalPart(text, first.start, last.end), start: first.start };
      }
    }
    start += first.text.length;
  }
  return null;
}

const BASE = 0x01000193;

/** Gives the number of any part of the text: equal for equal parts, and rarely so for others (Rabin and Karp). */
function printerOf(text: string): (start: number, end: number) => number {
  const sums = new Int32Array(text.length + 1);
  const powers = new Int32Array(text.length + 1).fill(1);
  for (let at = 0; at < text.length; at += 1) {
    sums[at + 1] = Math.imul(sums[at] ?? 0, BASE) + text.charCodeAt(at);
    powers[at + 1] = Math.imul(powers[at] ?? 0, BASE);
  }
  return (start, end) => ((sums[end] ?? 0) - Math.imul(sums[start] ?? 0, powers[end - start] ?? 0)) | 0;
}

/** The numbers of a list's words, by which `findParted` passes over all that is none. */
export function printsOf(words: Iterable<string>): Prints {
  return new Prints(Array.from(words, printOf));
}

/** The number that `printerOf` gives for all of a text. */
function printOf(word: string): number {
  let sum = 0;
  for (let at = 0; at < word.length; at += 1) sum = (Math.imul(sum, BASE) + word.charCodeAt(at)) | 0;
  return sum;
}

const MARKS = 2 ** 18;

/** Nearly all numbers that are asked for are none of these, which one look at an array tells. */
export class Prints {
  readonly #all: ReadonlySet<number>;
  readonly #marks: Uint8Array;

  constructor(prints: readonly number[]) {
    this.#all = new Set(prints);
    this.#marks = new Uint8Array(prints.length === 0 ? 0 : MARKS);
    for (const print of prints) this.#marks[print & (MARKS - 1)] = 1;
  }

  has(print: number): boolean {
    return this.#marks[print & (MARKS - 1)] === 1 && this.#all.has(print);
  }
}
