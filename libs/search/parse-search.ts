import { DomainError } from '../kernel/domain-error.ts';
import { composed, MOST_SEARCH_CHARACTERS } from '../words/index.ts';
import { type Word, wordsInText } from './words-in-text.ts';

/** One thing that is looked for: a word, or words that stand next to one another. */
export interface Term {
  readonly words: readonly Word[];
  /** The last word may go on. */
  readonly isBeginning: boolean;
}

/** What a search asks for. */
export interface Search {
  readonly all: readonly Term[];
  readonly none: readonly Term[];
  /** Handles or names; each must be the author's. */
  readonly authors: readonly string[];
  readonly notAuthors: readonly string[];
}

export const MOST_SEARCH_TERMS = 32;
/** Words of one phrase, or letters of one stretch without spaces. */
const MOST_IN_PHRASE = 64;
/** Letters of a word that may go on; a shorter one is looked for as it is. */
const LEAST_BEGINNING = 3;

/**
 * Quotes within a quoted name: doubled, escaped, a typographic one that begins a word, or a pair of another kind. A pair begins with a letter, since what ends the
 * name stands before a space, and a straight pair is one only where the name ends with another sign behind it, or after a space where another straight one follows.
 */
const IN_NAME =
  /""|\\["“”„«»\\]|[“„«][^\s"“”„«»][^"“”„«»]*[”“»]|"[^\s"“”„«»][^"“”„«»]*"(?=[^"“”„«»]*[”“»])|(?<=\s)"[^\s"“”„«»][^"“”„«»]*"(?=[^"“”„«»]*")|(?<=\s)[“”»](?=[^\s"“”„«»])|[^"”“»\\]|\\/;
/** Of two signs the second is meant. */
const DOUBLED = /["\\](["“”„«»\\])/gu;
const PART = new RegExp(
  `(?<not>-)?(?:(?<author>author:)(?:["“„«](?<fullName>(?:${IN_NAME.source})*)["”“»]?|(?<name>\\S*))|["“„«](?<phrase>[^"”“»]*)["”“»]?|(?<word>[^\\s"“„«]+))`,
  'giu',
);

/**
 * Reads a search: words, `"phrases"`, `beginnings*`, `-without`, `author:handle` and `author:"a name"`. With
 * `isTyping` the last word is one that may go on, unless it is in quotes or left out; authors behind it do not end it. Throws
 * DomainError invalid (field `q`) that says what is too much, or that nothing to look for is there.
 */
export function parseSearch(asked: string, { isTyping = false } = {}): Search {
  if (asked.length > MOST_SEARCH_CHARACTERS) {
    throw refused(`has ${asked.length} characters, and may have ${MOST_SEARCH_CHARACTERS}: leave some words out`);
  }
  const search = { all: [] as Term[], none: [] as Term[], authors: [] as string[], notAuthors: [] as string[] };
  const parts = [...asked.replaceAll('\0', ' ').matchAll(PART)];
  const typed = isTyping ? typedLast(asked, parts) : undefined;
  for (const part of parts) {
    const { not, author, fullName, name, phrase, word = '' } = part.groups ?? {};
    if (author !== undefined) {
      const named = (fullName?.replaceAll(DOUBLED, '$1') ?? name ?? '').replace(/^@/, '').trim();
      if (named !== '') (not === undefined ? search.authors : search.notAuthors).push(named);
      continue;
    }
    const mayGoOn = word.endsWith('*') || (part === typed && not === undefined);
    const term = termOf(phrase ?? word, phrase === undefined && mayGoOn);
    if (term) (not === undefined ? search.all : search.none).push(term);
  }
  requireSome(search);
  return search;
}

/** The part that is typed at the end, or before the authors that stand there; none where a space or another sign has ended it. */
function typedLast(asked: string, parts: readonly RegExpExecArray[]): RegExpExecArray | undefined {
  const last = parts.findLast(({ groups }) => groups?.['author'] === undefined);
  const isEnded = last === parts.at(-1) && !/[\p{L}\p{N}\p{M}]$/u.test(asked);
  return isEnded || !/[\p{L}\p{N}\p{M}]$/u.test(last?.[0] ?? '') ? undefined : last;
}

/** The last word of a search, authors aside, where it is looked for as it is, since it has too few letters to go on; else null. */
export function tooShortEnd(asked: string): string | null {
  const parts = [...asked.replaceAll('\0', ' ').matchAll(PART)];
  const { not, word = '' } = parts.findLast(({ groups }) => groups?.['author'] === undefined)?.groups ?? {};
  const last = not === undefined ? wordsInText(word).at(-1) : undefined;
  return last?.kind === 'spaced' && lettersIn(last.folded) < LEAST_BEGINNING ? word : null;
}

function termOf(written: string, mayGoOn: boolean): Term | null {
  const words = wordsInText(written);
  const last = words.at(-1);
  if (last === undefined) return null;
  const letters = words.reduce((sum, word) => sum + (word.kind === 'joined' ? word.clusters.length : 1), 0);
  if (letters > MOST_IN_PHRASE) {
    throw refused(`has "${head(written)}", which is longer than ${MOST_IN_PHRASE} words or letters: take a part of it`);
  }
  const isLong = last.kind === 'spaced' && lettersIn(last.folded) >= LEAST_BEGINNING;
  return { words, isBeginning: mayGoOn && isLong };
}

/** A syllable of Hangul has two letters or three. */
function lettersIn(word: string): number {
  return [...composed(word, 'NFD')].length;
}

function requireSome({ all, none, authors, notAuthors }: Search): void {
  const terms = all.length + none.length + authors.length + notAuthors.length;
  if (terms > MOST_SEARCH_TERMS) {
    throw refused(`has ${terms} words and phrases, and may have ${MOST_SEARCH_TERMS}: leave some out`);
  }
  if (all.length > 0 || authors.length > 0) return;
  if (none.length + notAuthors.length > 0) throw refused('says only what is to be left out: add a word to look for');
  throw refused('has no word to look for: type a word, or author: with a name');
}

function head(written: string): string {
  return [...written].slice(0, 20).join('');
}

function refused(message: string): DomainError {
  return new DomainError('invalid', `The search ${message}.`, [{ field: 'q', message }]);
}
