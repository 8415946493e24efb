import {
  TEXT_LANGUAGES,
  TRANSLATION_LANGUAGE_CODES,
  TRANSLATION_LANGUAGES,
  type TranslationLanguage,
} from '../../../../libs/words/index.ts';

/** The names of languages in a reader's own, by code. */
export type LanguageNames = Readonly<Record<string, string>>;

interface Reader {
  readonly locale: string;
  /** As the server sent them to a browser that may not know them. */
  readonly languageNames?: LanguageNames;
}

/** Languages of pages in which Chromium names no languages. */
const WITHOUT_NAMES: readonly string[] = ['my', 'km', 'lo'];

const names = new Map<string, Intl.DisplayNames>();

/** A language's name in the reader's own; its code where that is not known. */
export function languageName(code: string, { locale, languageNames }: Reader): string {
  const sent = languageNames?.[code];
  if (sent !== undefined) return sent;
  const known = names.get(locale) ?? new Intl.DisplayNames([locale], { type: 'language' });
  names.set(locale, known);
  return known.of(code) ?? code;
}

/** The same with the language's own name beside it, "Thai · ไทย", unless the two are one. */
export function languageNames(code: TranslationLanguage, reader: Reader): string {
  const [named, own] = [languageName(code, reader), TRANSLATION_LANGUAGES[code]];
  return named === code || named === own ? own : `${named} · ${own}`;
}

/** The same for a heading, whose lines begin with a name. */
export function languageHeading(code: TranslationLanguage, reader: Reader): string {
  return languageNames(code, reader).replace(' · ', '\u00a0· ');
}

/**
 * What the browser needs in order to name languages as the server does; nothing where it knows them itself. Readers who read
 * all languages are told those of translations alone.
 */
export function namesForBrowser({
  locale,
  reads,
}: {
  readonly locale: string;
  readonly reads?: readonly string[];
}): LanguageNames | undefined {
  if (!WITHOUT_NAMES.includes(locale)) return undefined;
  const codes = reads === undefined ? TRANSLATION_LANGUAGE_CODES : TEXT_LANGUAGES;
  return Object.fromEntries(codes.map((code) => [code, languageName(code, { locale })]));
}
