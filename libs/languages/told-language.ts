import {
  countLetters,
  isLatinLanguage,
  type TextLanguage,
  type ToldByScript,
  textLanguageFor,
  toldByScript,
} from '../words/index.ts';
import { nearestLatin } from './nearest-latin.ts';
import { plainHead } from './plain-head.ts';
import { isVietnamese } from './vietnamese.ts';

/** The languages in Latin letters by the names that the library has for them (ISO 639-3). */
const LATIN_NAMES: Readonly<Record<string, TextLanguage>> = {
  eng: 'en',
  vie: 'vi',
  fra: 'fr',
  deu: 'de',
  spa: 'es',
  por: 'pt',
  ita: 'it',
  nld: 'nl',
  ind: 'id',
  zlm: 'ms',
  tgl: 'tl',
};
/** Whoever writes in one of these is not taken for a writer of the site's languages. */
const NEIGHBOURS: readonly string[] = ['eng', 'fra', 'deu', 'spa', 'por', 'nld', 'ind'];

/** Letters of a text from which on its words tell a language; of shorter ones they tell as much wrong. */
const FEWEST_LETTERS = 24;
/** How near the second language may come to the first, which counts as 1. */
const NEAREST_SECOND = 0.94;

/**
 * The language that a Markdown text is written in: by its script, and of a text in Latin letters by its words, if they
 * tell one of these languages. Null when the text is short, or its words could be another language's: nothing is taken
 * for granted then. Takes some 40 µs, whatever the length.
 */
export function toldLanguage(markdown: string, among: readonly TextLanguage[]): TextLanguage | null {
  const text = plainHead(markdown);
  const told = toldIn(text);
  if (told !== 'latin') return told;
  const latin = among.filter(isLatinLanguage);
  return latin.length === 0 || countLetters(text).letters < FEWEST_LETTERS ? null : toldByWords(text, latin);
}

/** The languages among which a text under a post is told: the site's, and that of the post (BCP 47), where it has one. */
export function languagesAround(site: readonly TextLanguage[], post: string | null): readonly TextLanguage[] {
  const ofPost = textLanguageFor(post);
  return ofPost === undefined || site.includes(ofPost) ? site : [...site, ofPost];
}

/** The language that the letters of a Markdown text tell alone: null where many languages have them. Takes some 10 µs. */
export function toldByLetters(markdown: string): TextLanguage | null {
  const told = lettersOf(markdown);
  return told === 'latin' ? null : told;
}

/** The same, with `latin` for Latin letters, which many languages share. */
export function lettersOf(markdown: string): ToldByScript {
  return toldIn(plainHead(markdown));
}

/** Some letters tell that a text may be Vietnamese; the words that are no names, whether it is. */
function toldIn(text: string): ToldByScript {
  const told = toldByScript(text);
  return told === 'vi' || told === 'latin' ? (isVietnamese(text) ? 'vi' : 'latin') : told;
}

function toldByWords(text: string, among: readonly TextLanguage[]): TextLanguage | null {
  const names = Object.keys(LATIN_NAMES).filter((name) => isAsked(name, among));
  const [first, second] = nearestLatin(text, names);
  const language = first && LATIN_NAMES[first[0]];
  if (language === undefined || !among.includes(language)) return null;
  return second !== undefined && second[1] > NEAREST_SECOND ? null : language;
}

function isAsked(name: string, among: readonly TextLanguage[]): boolean {
  const language = LATIN_NAMES[name];
  return NEIGHBOURS.includes(name) || (language !== undefined && among.includes(language));
}
