import { printAfter } from './prints.ts';

/** A list's entry of one or more words. */
export interface Phrase {
  /** The phrase as it stands in the list. */
  readonly word: string;
  readonly tokens: readonly string[];
}

interface Entry extends Phrase {
  /** Its place in the list. */
  readonly order: number;
}

interface Place {
  readonly forms: readonly (readonly string[])[];
  readonly at: number;
  readonly form: string;
}

/**
 * The phrases of a list. The beginnings of all phrases have numbers, so a text is read on from a place only as long as
 * some phrase continues there, however many begin with the same words.
 */
export class Phrases {
  readonly #numbers = new Map<string, number>();
  readonly #beginnings = new Set<number>();
  /** The phrases that end with a beginning, in the order of the list. */
  readonly #ends = new Map<number, Entry[]>();
  #count = 0;

  get size(): number {
    return this.#count;
  }

  add({ word, tokens }: Phrase): void {
    let print = 0;
    for (const token of tokens) {
      print = printAfter(print, this.#numberOf(token));
      this.#beginnings.add(print);
    }
    const entry = { word, tokens, order: this.#count };
    const known = this.#ends.get(print);
    if (known) known.push(entry);
    else this.#ends.set(print, [entry]);
    this.#count += 1;
  }

  /**
   * The longest phrase that begins at a token of a text, with one of its forms; of equally long ones, the first of the
   * list. `forms` holds everything that each token of the text may stand for.
   */
  longestAt(forms: Place['forms'], at: number, form: string): Phrase | null {
    let longest: Entry | null = null;
    let prints = this.#goingOn([0], [form]);
    for (let length = 1; prints.length > 0; length += 1) {
      longest = this.#endOf(prints, { forms, at, form }) ?? longest;
      prints = this.#goingOn(prints, forms[at + length] ?? []);
    }
    return longest;
  }

  #numberOf(token: string): number {
    const known = this.#numbers.get(token);
    if (known !== undefined) return known;
    const number = this.#numbers.size + 1;
    this.#numbers.set(token, number);
    return number;
  }

  /** The beginnings that are one token longer. */
  #goingOn(prints: readonly number[], forms: readonly string[]): readonly number[] {
    const found: number[] = [];
    for (const form of forms) {
      const number = this.#numbers.get(form);
      if (number === undefined) continue;
      for (const print of prints) {
        const longer = printAfter(print, number);
        if (this.#beginnings.has(longer)) found.push(longer);
      }
    }
    return found;
  }

  /** Other beginnings may have the same number, so the words are compared. */
  #endOf(prints: readonly number[], { forms, at, form }: Place): Entry | null {
    const stands = ({ tokens }: Entry): boolean =>
      tokens.every((token, ahead) => (ahead === 0 ? token === form : forms[at + ahead]?.includes(token)));
    const found = prints.flatMap((print) => this.#ends.get(print)?.find(stands) ?? []);
    return found.reduce<Entry | null>((first, one) => (first === null || one.order < first.order ? one : first), null);
  }
}
