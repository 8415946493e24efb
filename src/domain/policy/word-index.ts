import { unmarkedSyllable } from './disguises.ts';
import { originalPart } from './folded-text.ts';
import { type FoundWord, findParted, findPartedPhrase, type WordPlace } from './parted-words.ts';
import { Phrases } from './phrases.ts';
import type { ReadText } from './read-text.ts';
import { Runs } from './runs.ts';
import { isUnspaced } from './scripts.ts';
import { SingleWords } from './single-words.ts';
import { foldWord } from './word-form.ts';

/** The entries of one list, added one by one and searched for together. */
export class WordIndex {
  readonly #phrases = new Phrases();
  readonly #runs = new Runs();
  /** Entries that end in `*`, by the part before it. */
  readonly #beginnings = new Map<string, string>();
  /** The length of the longest of these, in units. */
  #longestBeginning = 0;
  readonly #single = new SingleWords();
  /** Vietnamese phrases as one word. */
  readonly #joined = new SingleWords();

  add(word: string): void {
    const form = foldWord(word);
    if (isUnspaced(form)) this.#runs.add(word, form);
    else if (form.endsWith('*')) this.#addBeginning(form.slice(0, -1), word);
    else this.#addPhrase(form.split(' '), word);
  }

  /** The first entry in the text's order. */
  firstIn(read: ReadText): FoundWord | null {
    return firstOf([
      this.#findInTokens(read),
      findParted(this.#single, read),
      findPartedPhrase(this.#joined, read),
      this.#findInRuns(read),
    ]);
  }

  #addBeginning(beginning: string, word: string): void {
    this.#beginnings.set(beginning, word);
    this.#longestBeginning = Math.max(this.#longestBeginning, beginning.length);
  }

  #addPhrase(tokens: readonly string[], word: string): void {
    this.#phrases.add({ word, tokens });
    const bare = unmarked(tokens);
    if (bare !== null) this.#phrases.add({ word, tokens: bare });
    const [first = ''] = tokens;
    if (tokens.length === 1) this.#single.add(word, first);
    else if (bare !== null) this.#addJoined(tokens.join(''), word);
  }

  #addJoined(form: string, word: string): void {
    this.#phrases.add({ word, tokens: [form] });
    this.#joined.add(word, form);
  }

  #findInTokens({ text, tokens, forms }: ReadText): WordPlace | null {
    if (this.#phrases.size === 0 && this.#beginnings.size === 0) return null;
    for (let at = 0; at < tokens.length; at += 1) {
      const found = this.#entryAt(forms, at);
      if (!found) continue;
      const [first, last] = [tokens[at], tokens[at + found.length - 1]];
      if (first && last) {
        return { word: found.word, part: originalPart(text, first.start, last.end), start: first.start };
      }
    }
    return null;
  }

  #entryAt(forms: ReadText['forms'], at: number): Found | null {
    for (const form of forms[at] ?? []) {
      const phrase = this.#phrases.longestAt(forms, at, form);
      if (phrase) return { word: phrase.word, length: phrase.tokens.length };
      const beginning = this.#beginningOf(form);
      if (beginning !== undefined) return { word: beginning, length: 1 };
    }
    return null;
  }

  #beginningOf(form: string): string | undefined {
    for (let length = 1; length <= Math.min(form.length, this.#longestBeginning); length += 1) {
      const word = this.#beginnings.get(form.slice(0, length));
      if (word !== undefined) return word;
    }
    return undefined;
  }

  #findInRuns(read: ReadText): WordPlace | null {
    if (this.#runs.size === 0) return null;
    const { run, places } = read.run;
    const found = this.#runs.firstIn(run, read.borders);
    if (found === null) return null;
    const start = places[found.start] ?? 0;
    const end = (places[found.end - 1] ?? start) + 1;
    return { word: found.word, part: originalPart(read.text, start, end), start };
  }
}

interface Found {
  readonly word: string;
  /** In tokens. */
  readonly length: number;
}

/**
 * A Vietnamese phrase in the spelling without marks. A single syllable is left out, since without marks it would be
 * many other words.
 */
function unmarked(tokens: readonly string[]): readonly string[] | null {
  const bare = tokens.flatMap((token) => unmarkedSyllable(token) ?? []);
  const isPhrase = tokens.length > 1 && bare.length === tokens.length;
  return isPhrase && bare.some((token, at) => token !== tokens[at]) ? bare : null;
}

function firstOf(places: readonly (WordPlace | null)[]): FoundWord | null {
  const first = places.reduce((least, place) => (place && (!least || place.start < least.start) ? place : least), null);
  return first && { word: first.word, part: first.part };
}
