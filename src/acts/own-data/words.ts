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
  /** IANA, the forum's own. */
  readonly timeZone: string;
  /** RFC 3339. */
  readonly at: string;
}

/** Read when it is asked for, since few people ever ask. English for a language that the forum does not have. */
export function dataWordsIn(locale: string): DataWords {
  const known = localeFor(locale) ?? DEFAULT_LOCALE;
  const file = readFileSync(new URL(`./messages/${known}.json`, import.meta.url), 'utf8');
  return translatorOf<keyof typeof english>(known, trusted<Messages>(JSON.parse(file)));
}
