import { readFileSync } from 'node:fs';
import { madeOnce, trusted } from '../../../libs/kernel/index.ts';
import { type Messages, type TranslatorOf, translatorOf } from '../../../libs/translation/index.ts';
import { DEFAULT_LOCALE, LOCALE_CODES, type Locale, localeFor } from '../../../libs/words/index.ts';
import type english from './messages/en.json';

/** The texts of letters in one language. */
export type Words = TranslatorOf<keyof typeof english>;

/** English as the pages write it, with the day before the month. */
const writtenAs = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

/** "10 December 2026", as the language writes it. */
export function dayInWords(locale: string, moment: string, timeZone: string): string {
  return new Intl.DateTimeFormat(writtenAs(locale), { dateStyle: 'long', timeZone }).format(new Date(moment));
}

/** The same to the minute, with the zone. */
export function minuteInWords(locale: string, moment: string, timeZone: string): string {
  const minute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone, timeZoneName: 'short' } as const;
  const time = new Intl.DateTimeFormat(writtenAs(locale), minute).format(new Date(moment));
  return `${dayInWords(locale, moment, timeZone)}, ${time}`;
}

/** The name of a language in another one; its code where that is not known. */
export function languageInWords(locale: string, code: string): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
}

/** By the chosen name where the address is the member's for sure: in a stranger's mail it could say anything. */
export function greetingOf(
  { displayName: name, emailConfirmed }: { readonly displayName: string; readonly emailConfirmed: boolean },
  { t }: Words,
): string {
  return emailConfirmed ? t('greeting', { name }) : t('greetingAll');
}

const read = (locale: Locale): Words => {
  const file = readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8');
  return translatorOf<keyof typeof english>(locale, trusted<Messages>(JSON.parse(file)));
};

/** Each is read for its first letter. */
const languages = new Map<Locale, () => Words>(LOCALE_CODES.map((locale) => [locale, madeOnce(() => read(locale))]));

/** The words of a language; English for one that the forum does not have. */
export function wordsIn(locale: string): Words {
  return languages.get(localeFor(locale) ?? DEFAULT_LOCALE)?.() ?? read(DEFAULT_LOCALE);
}
