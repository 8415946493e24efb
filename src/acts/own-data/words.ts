import { readFileSync } from 'node:fs';
import { trusted } from '../../../libs/kernel/index.ts';
import { type Messages, type TranslatorOf, translatorOf } from '../../../libs/translation/index.ts';
import { DEFAULT_LOCALE, localeFor } from '../../../libs/words/index.ts';
import type english from './messages/en.json';

/** The texts of the page in a download, in one language. */
export type DataWords = TranslatorOf<keyof typeof english>;

/** What a download says about itself. */
export interface PackOptions {
  readonly words: DataWords;
  readonly handle: string;
  readonly site: string;
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
  const known = localeFor(locale) ?? DEFAULT_LOCALE;
  const file = readFileSync(new URL(`./messages/${known}.json`, import.meta.url), 'utf8');
  return translatorOf<keyof typeof english>(known, trusted<Messages>(JSON.parse(file)));
}
