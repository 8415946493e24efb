import { toldByLetters } from '../../libs/languages/index.ts';
import type { TextLanguage, TranslationLanguage } from '../../libs/words/index.ts';

/**
 * The language that the letters of a translation tell, where it is sent as one in another and its writer was not asked
 * about this yet. Japanese may be written without a letter of its own.
 */
export function likelyLanguage(
  { language, body }: { readonly language: TranslationLanguage; readonly body: string },
  asked: string,
): TextLanguage | null {
  const told = asked === language ? null : toldByLetters(body);
  return told === language || (language === 'ja' && told === 'zh') ? null : told;
}
