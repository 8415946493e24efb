import { readFileSync } from 'node:fs';
import { trusted } from '../../../libs/kernel/index.ts';
import { type Messages, type TranslatorOf, translatorOf } from '../../../libs/translation/index.ts';
import { DEFAULT_LOCALE, localeFor } from '../../../libs/words/index.ts';
import type english from './messages/en.json';

/** The words that a drafted issue begins with. */
export type IssueWords = TranslatorOf<keyof typeof english>;

/** Read when it is asked for, since few people ever ask. English for a language that the forum does not have. */
export function issueWordsIn(locale: string): IssueWords {
  const chosen = localeFor(locale) ?? DEFAULT_LOCALE;
  const file = readFileSync(new URL(`./messages/${chosen}.json`, import.meta.url), 'utf8');
  return translatorOf<keyof typeof english>(chosen, trusted<Messages>(JSON.parse(file)));
}
