import { readFileSync } from 'node:fs';
import { madeOnce, trusted } from '../../../libs/kernel/index.ts';
import { LOCALE_CODES, type Locale } from './i18n/locales.ts';
import { type Messages, type Translator, translator } from './i18n/translate.ts';
import { encodedOnce } from './page-json.ts';

interface Language {
  readonly messages: Messages;
  /** The messages for times and dates. */
  readonly timeWords: Messages;
  readonly translator: Translator;
}

function read(locale: Locale): Language {
  const file = readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8');
  const messages = trusted<Messages>(JSON.parse(file));
  const timeWords = encodedOnce(
    Object.fromEntries(Object.entries(messages).filter(([key]) => /^(time|date)\./.test(key))),
  );
  return { messages, timeWords, translator: translator(locale, messages) };
}

/** Each is read with its first reader: most forums are read in one or two. */
const languages = new Map<string, () => Language>(LOCALE_CODES.map((locale) => [locale, madeOnce(() => read(locale))]));

export function languageIn(locale: Locale): Language {
  const language = languages.get(locale);
  if (!language) throw new Error(`no message file for ${locale}`);
  return language();
}

/** All texts of a reader's language. */
export function messagesOf({ locale }: Pick<Translator, 'locale'>): Messages {
  return (languages.get(locale)?.() ?? languageIn('en')).messages;
}
