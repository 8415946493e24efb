import { readFileSync } from 'node:fs';
import { trusted } from '../../../libs/kernel/index.ts';
import { type Messages, type TranslatorOf, translatorOf } from '../../../libs/translation/index.ts';
import { DEFAULT_LOCALE, localeFor } from '../../../libs/words/index.ts';
import type english from './messages/en.json';

export type DataWordKey = keyof typeof english;

/** The texts of the page in a download, in one language. */
export type DataWords = TranslatorOf<DataWordKey>;

let known: ReadonlySet<string> | undefined;

export function isWordKey(key: string): key is DataWordKey {
  known ??= new Set(Object.keys(messagesOf(DEFAULT_LOCALE)));
  return known.has(key);
}

/** What a download says about itself. */
export interface PackOptions {
  readonly words: DataWords;
  readonly handle: string;
  readonly site: string;
  /** The forum's address without a slash at its end, for links into it. */
  readonly address: string;
  /** Writes moments for people, in their language and the forum's zone. */
  readonly moments: Intl.DateTimeFormat;
  /** RFC 3339. */
  readonly at: string;
  /** The characters of JSON that may wait in memory. */
  readonly mostKept?: number;
}

/** "10 December 2026 at 20:05", in a zone of the IANA. Making one takes far longer than using it. */
export function momentsIn(locale: string, timeZone: string): Intl.DateTimeFormat {
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone } as const;
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, format);
}

/** Read when it is asked for, since few people ever ask. English for a language that the forum does not have. */
export function dataWordsIn(locale: string): DataWords {
  const chosen = localeFor(locale) ?? DEFAULT_LOCALE;
  return translatorOf<DataWordKey>(chosen, messagesOf(chosen));
}

function messagesOf(locale: string): Messages {
  return trusted<Messages>(JSON.parse(readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8')));
}
