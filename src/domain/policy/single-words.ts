import { Prints } from './prints.ts';

/** The one-word entries of a list, as they are searched for where a text splits words. */
export class SingleWords {
  readonly #words: Map<string, string>;
  readonly #prints = new Prints();
  readonly #lengths: number[] = [];

  constructor(words = new Map<string, string>()) {
    this.#words = words;
  }

  /** The lengths of the entries in units, the shortest first. */
  get lengths(): readonly number[] {
    return this.#lengths;
  }

  /** `form` is compared with texts. */
  add(word: string, form: string): void {
    this.#words.set(form, word);
    this.#prints.add(form);
    if (this.#lengths.includes(form.length)) return;
    this.#lengths.push(form.length);
    this.#lengths.sort((a, b) => a - b);
  }

  /** The entry with these letters and this number. Letters are compared only where an entry has the number. */
  find(print: number, letters: () => string): string | undefined {
    return this.#prints.has(print) ? this.#words.get(letters()) : undefined;
  }
}
