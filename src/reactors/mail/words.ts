import { readFileSync } from 'node:fs';
import { trusted } from '../../../libs/kernel/index.ts';
import { type Messages, type TranslatorOf, translatorOf } from '../../../libs/translation/index.ts';
import { DEFAULT_LOCALE, LOCALE_CODES, type Locale, localeFor } from '../../../libs/words/index.ts';
import type english from './messages/en.json';

/** The texts of letters in one language. */
export type Words = TranslatorOf<keyof typeof english>;

const read = (locale: Locale): Words => {
  const file = readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8');
  return translatorOf<keyof typeof english>(locale, trusted<Messages>(JSON.parse(file)));
};

const languages = new Map<Locale, Words>(LOCALE_CODES.map((locale) => [locale, read(locale)]));

/** The words of a language; English for one that the forum does not have. */
export function wordsIn(locale: string): Words {
  return languages.get(localeFor(locale) ?? DEFAULT_LOCALE) ?? read(DEFAULT_LOCALE);
}
