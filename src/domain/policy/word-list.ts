import { unmarkedSyllable } from './disguises.ts';
import { type FoldedText, foldText, originalPart, tokensOf } from './folded-text.ts';
import { type FoundWord, findParted, type Place, printsOf } from './parted-words.ts';
import { ReadText, runOf } from './read-text.ts';

/** Looks for the words of one list; gives the first of them in the text's order. */
export type FindWord = (text: FoldedText) => FoundWord | null;

interface Phrase {
  readonly word: string;
  readonly tokens: readonly string[];
}

interface Index {
  /** By their first token. */
  readonly phrases: Map<string, Phrase[]>;
  /** Entries that end in `*`, by what stands before it. */
  readonly beginnings: Map<string, string>;
  /** Entries of one word, by it. */
  readonly single: Map<string, string>;
  /** Units of the longest of them. */
  longestSingle: number;
  /** Units of the longest beginning. */
  longestBeginning: number;
  /** Entries of scripts without spaces, by their first character. */
  readonly runs: Map<string, { readonly word: string; readonly run: string }[]>;
}

const UNSPACED =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Tibetan}]/u;
/** A vowel that is written before its consonant (Thai, Lao), and signs that put the next letter below (Khmer, Burmese). */
const BINDS_NEXT = /[\u0e40-\u0e44\u0ec0-\u0ec4\u17d2\u1039]/u;
const MARK = /\p{M}/u;

const compiled = new WeakMap<readonly string[], FindWord>();
/** The text that was looked through last: all lists of a policy look through the same. */
let lastRead: ReadText | undefined;

/**
 * Words as people write them: whole words where a script parts words by spaces (`casino`; `casino*` finds what begins so;
 * several words are found one after the other), and any place that does not cut through a letter where it does not (Thai,
 * Lao, Khmer, Burmese, Chinese, Japanese). Case, width, look-alike letters, digits for letters, drawn-out letters and
 * parted ones (`c a s i n o`, `ca-si-no`) make no difference. A list is compiled once.
 */
export function wordFinder(words: readonly string[]): FindWord {
  const known = compiled.get(words);
  if (known) return known;
  const index = indexOf(words);
  const single = { words: index.single, longest: index.longestSingle, prints: printsOf(index.single.keys()) };
  const find: FindWord = (text) => {
    const read = reading(text);
    return firstOf([findInTokens(index, read), findParted(single, read), findInRuns(index, read)]);
  };
  compiled.set(words, find);
  return find;
}

function reading(text: FoldedText): ReadText {
  if (lastRead?.text !== text) lastRead = new ReadText(text);
  return lastRead;
}

/** Entries that were folded last: a list is checked, compared with another and compiled soon after each other. */
const forms = new Map<string, string>();
const MOST_FORMS = 40_000;

/** The list's entry as texts are compared with it; two entries with the same form are one. */
export function foldWord(word: string): string {
  const known = forms.get(word);
  if (known !== undefined) return known;
  if (forms.size >= MOST_FORMS) forms.clear();
  const form = formOf(word);
  forms.set(word, form);
  return form;
}

function formOf(word: string): string {
  const form = foldText(word.normalize('NFC').trim());
  const { folded } = form;
  return UNSPACED.test(folded)
    ? runOf(folded).run
    : tokensOf(form)
        .map(({ text }) => text)
        .join(' ') + star(folded);
}

function star(folded: string): string {
  return folded.endsWith('*') ? '*' : '';
}

function indexOf(words: readonly string[]): Index {
  const index: Index = {
    phrases: new Map(),
    beginnings: new Map(),
    runs: new Map(),
    single: new Map(),
    longestSingle: 0,
    longestBeginning: 0,
  };
  for (const word of words) {
    const form = foldWord(word);
    if (UNSPACED.test(form)) push(index.runs, form.slice(0, 1), { word, run: form });
    else if (form.endsWith('*')) addBeginning(index, form.slice(0, -1), word);
    else addPhrase(index, form.split(' '), word);
  }
  for (const runs of index.runs.values()) runs.sort((a, b) => b.run.length - a.run.length);
  for (const phrases of index.phrases.values()) phrases.sort((a, b) => b.tokens.length - a.tokens.length);
  return index;
}

function addBeginning(index: Index, beginning: string, word: string): void {
  index.beginnings.set(beginning, word);
  index.longestBeginning = Math.max(index.longestBeginning, beginning.length);
}

function addPhrase(index: Index, tokens: readonly string[], word: string): void {
  const [first = ''] = tokens;
  push(index.phrases, first, { word, tokens });
  const bare = unmarked(tokens);
  if (bare !== null) push(index.phrases, bare[0] ?? '', { word, tokens: bare });
  if (tokens.length > 1) return;
  index.single.set(first, word);
  index.longestSingle = Math.max(index.longestSingle, first.length);
}

/**
 * A Vietnamese phrase as those write it who leave the marks out. One syllable alone is left: without marks it would be
 * many other words.
 */
function unmarked(tokens: readonly string[]): readonly string[] | null {
  const bare = tokens.flatMap((token) => unmarkedSyllable(token) ?? []);
  const isPhrase = tokens.length > 1 && bare.length === tokens.length;
  return isPhrase && bare.some((token, at) => token !== tokens[at]) ? bare : null;
}

function push<Entry>(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key);
  if (entries) entries.push(entry);
  else map.set(key, [entry]);
}

function firstOf(places: readonly (Place | null)[]): FoundWord | null {
  const first = places.reduce((least, place) => (place && (!least || place.start < least.start) ? place : least), null);
  return first && { word: first.word, part: first.part };
}

function findInTokens(index: Index, read: ReadText): Place | null {
  if (index.phrases.size === 0 && index.beginnings.size === 0) return null;
  const { text, tokens, forms } = read;
  for (let at = 0; at < tokens.length; at += 1) {
    const found = phraseAt(index, forms, at);
    if (!found) continue;
    const [first, last] = [tokens[at], tokens[at + found.length - 1]];
    if (first && last) {
      return { word: found.word, part: originalPart(text, first.start, last.end), start: first.start };
    }
  }
  return null;
}

interface Found {
  readonly word: string;
  /** In tokens. */
  readonly length: number;
}

function phraseAt(index: Index, forms: readonly (readonly string[])[], at: number): Found | null {
  for (const form of forms[at] ?? []) {
    for (const { word, tokens } of index.phrases.get(form) ?? []) {
      if (tokens.every((token, ahead) => forms[at + ahead]?.includes(token))) return { word, length: tokens.length };
    }
    const beginning = beginningOf(index, form);
    if (beginning !== undefined) return { word: beginning, length: 1 };
  }
  return null;
}

function beginningOf({ beginnings, longestBeginning }: Index, form: string): string | undefined {
  for (let length = 1; length <= Math.min(form.length, longestBeginning); length += 1) {
    const word = beginnings.get(form.slice(0, length));
    if (word !== undefined) return word;
  }
  return undefined;
}

function findInRuns({ runs }: Index, read: ReadText): Place | null {
  if (runs.size === 0) return null;
  const { text } = read;
  const { run, places } = read.run;
  for (let at = 0; at < run.length; at += 1) {
    for (const entry of runs.get(run.charAt(at)) ?? []) {
      const end = at + entry.run.length;
      if (!run.startsWith(entry.run, at) || cutsLetter(run, at, end)) continue;
      const start = places[at] ?? 0;
      return { word: entry.word, part: originalPart(text, start, (places[end - 1] ?? start) + 1), start };
    }
  }
  return null;
}

function cutsLetter(run: string, start: number, end: number): boolean {
  return MARK.test(run.charAt(end)) || BINDS_NEXT.test(run.charAt(start - 1)) || MARK.test(run.charAt(start));
}
