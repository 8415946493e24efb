import { type Messages, type TranslatorOf, translatorOf } from '../../../../libs/translation/index.ts';
import type english from '../messages/en.json';
import type { LanguageNames } from './language-names.ts';

export type { Message, Messages, Parameters } from '../../../../libs/translation/index.ts';

export type MessageKey = keyof typeof english;

/** The reader's language, bound to the messages of the pages. */
export type Translator = TranslatorOf<MessageKey> & {
  /** The zone of times that a browser does not make its own (IANA). */
  readonly timeZone: string;
  /** Of languages, for a browser that may not know them. */
  readonly languageNames?: LanguageNames;
};

export function translator(locale: string, messages: Messages): Translator {
  return { ...translatorOf<MessageKey>(locale, messages), timeZone: 'UTC' };
}
