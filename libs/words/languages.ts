import { countLetters, SCRIPT_LANGUAGES } from './letters.ts';

/**
 * The languages that a text may be told to be in (BCP 47, without region): those of the interface, others whose script
 * says so, and those in Latin letters that are told apart by their words.
 */
export const TEXT_LANGUAGES = [
  'en',
  'vi',
  'th',
  'km',
  'lo',
  'my',
  'zh',
  'ja',
  'ko',
  'ar',
  'he',
  'fr',
  'de',
  'es',
  'pt',
  'it',
  'nl',
  'id',
  'ms',
  'tl',
] as const;

export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** A text in several of them or in another one: the code that BCP 47 has for this. */
export const NO_LANGUAGE = 'und';
/** What a person may say of a text. */
export type StatedLanguage = TextLanguage | typeof NO_LANGUAGE;

export function isTextLanguage(value: unknown): value is TextLanguage {
  return TEXT_LANGUAGES.some((language) => language === value);
}

export function isStatedLanguage(value: unknown): value is StatedLanguage {
  return value === NO_LANGUAGE || isTextLanguage(value);
}

/** `zh-Hant-TW` → `zh`; undefined for a language that texts are not told to be in. */
export function textLanguageFor(tag: string | null | undefined): TextLanguage | undefined {
  const language = tag?.trim().toLowerCase().split('-')[0];
  return isTextLanguage(language) ? language : undefined;
}

/** The languages that a reader reads, each once and in one order; null for all, which is what none means. */
export function readLanguages(named: readonly string[]): readonly TextLanguage[] | null {
  const read = TEXT_LANGUAGES.filter((language) => named.includes(language));
  return read.length === 0 ? null : read;
}

/** Those of them that are written in Latin letters; Vietnamese alone of them is told by its letters. */
const LATIN: readonly TextLanguage[] = ['en', 'vi', 'fr', 'de', 'es', 'pt', 'it', 'nl', 'id', 'ms', 'tl'];

export function isLatinLanguage(language: TextLanguage): boolean {
  return LATIN.includes(language);
}

/**
 * The share of letters that decides: a quoted word in another script does not change a text's language, a fifth of its
 * letters does.
 */
const SHARE = 0.2;
/** Only some Vietnamese letters carry a mark, so a smaller share decides. */
const SHARE_VIETNAMESE = 0.06;
/** The share of Latin letters in a text that is taken for one in Latin letters. */
const SHARE_LATIN = 0.2;

/** What the letters of a text tell of its language. */
export type ToldByScript = TextLanguage | 'latin' | null;

/**
 * The language that the letters of a plain text tell; `latin` for one in Latin letters, which many languages share, and
 * null for others. The caller bounds the text.
 */
export function toldByScript(text: string): ToldByScript {
  const { letters, latin, told } = countLetters(text);
  if (letters === 0) return null;
  for (let at = 0; at < SCRIPT_LANGUAGES.length; at += 1) {
    const language = SCRIPT_LANGUAGES[at];
    const share = (told[at] ?? 0) / letters;
    if (language !== undefined && share >= (language === 'vi' ? SHARE_VIETNAMESE : SHARE)) return language;
  }
  return latin / letters >= SHARE_LATIN ? 'latin' : null;
}
