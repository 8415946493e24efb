const BASE = 0x01000193;

/**
 * Gives the number of any part of the text: equal parts have equal numbers, and other parts rarely share one (Rabin and
 * Karp).
 */
export function printerOf(text: string): (start: number, end: number) => number {
  const sums = new Int32Array(text.length + 1);
  const powers = new Int32Array(text.length + 1).fill(1);
  for (let at = 0; at < text.length; at += 1) {
    sums[at + 1] = Math.imul(sums[at] ?? 0, BASE) + text.charCodeAt(at);
    powers[at + 1] = Math.imul(powers[at] ?? 0, BASE);
  }
  return (start, end) => ((sums[end] ?? 0) - Math.imul(sums[start] ?? 0, powers[end - start] ?? 0)) | 0;
}

/**
 * The number of a sequence that has one more element than the one with the number `print`; the empty sequence has 0.
 */
export function printAfter(print: number, next: number): number {
  return (Math.imul(print, BASE) + next) | 0;
}

/** The number that `printerOf` gives for the whole text. */
function printOf(text: string): number {
  let print = 0;
  for (let at = 0; at < text.length; at += 1) print = printAfter(print, text.charCodeAt(at));
  return print;
}

const MARKS = 2 ** 18;

/**
 * The numbers of many words. Nearly all numbers that are asked for are not among these, and one look at an array tells
 * so.
 */
export class Prints {
  readonly #all = new Set<number>();
  #marks = new Uint8Array(0);

  add(word: string): void {
    if (this.#all.size === 0) this.#marks = new Uint8Array(MARKS);
    const print = printOf(word);
    this.#all.add(print);
    this.#marks[print & (MARKS - 1)] = 1;
  }

  has(print: number): boolean {
    return this.#marks[print & (MARKS - 1)] === 1 && this.#all.has(print);
  }
}
