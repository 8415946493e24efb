import { isTranslationLanguage, type TranslationLanguage } from '../../../libs/words/index.ts';

interface Reader {
  /** The language of the page. */
  readonly locale: string;
  /** Null for whoever named none. */
  readonly reads: readonly string[] | null;
}

/** The first language of the page and of its reader into which a text is not translated; empty where there is none. */
export function freeLanguage({ locale, reads }: Reader, closed: readonly string[]): TranslationLanguage | '' {
  return [locale, ...(reads ?? [])].filter(isTranslationLanguage).find((code) => !closed.includes(code)) ?? '';
}
