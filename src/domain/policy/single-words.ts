import { Prints } from './prints.ts';

/** A list's entries of one word, as they are looked for where a text parts them. */
export class SingleWords {
  readonly #words: Map<string, string>;
  readonly #prints = new Prints();
  readonly #lengths: number[] = [];

  constructor(words = new Map<string, string>()) {
    this.#words = words;
  }

  /** Units that any of them has, the shortest first. */
  get lengths(): readonly number[] {
    return this.#lengths;
  }

  /** `form` is what texts are compared with. */
  add(word: string, form: string): void {
    this.#words.set(form, word);
    this.#prints.add(form);
    if (this.#lengths.includes(form.length)) return;
    this.#lengths.push(form.length);
    this.#lengths.sort((a, b) => a - b);
  }

  /** What stands in the list as these letters, which have this number; they are compared only where a word has it too. */
  find(print: number, letters: () => string): string | undefined {
    return this.#prints.has(print) ? this.#words.get(letters()) : undefined;
  }
}
