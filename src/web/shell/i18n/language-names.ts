import { TRANSLATION_LANGUAGES, type TranslationLanguage } from '../../../../libs/words/index.ts';

const names = new Map<string, Intl.DisplayNames>();

/** A language's name in the reader's own; its code where that is not known. */
export function languageName(code: string, { locale }: { readonly locale: string }): string {
  const known = names.get(locale) ?? new Intl.DisplayNames([locale], { type: 'language' });
  names.set(locale, known);
  return known.of(code) ?? code;
}

/** The same with the language's own name beside it, "Thai · ไทย", unless the two are one. */
export function languageNames(code: TranslationLanguage, { locale }: { readonly locale: string }): string {
  const [named, own] = [languageName(code, { locale }), TRANSLATION_LANGUAGES[code]];
  return named === code || named === own ? own : `${named} · ${own}`;
}
