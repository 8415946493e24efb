import { lettersOf } from '../../libs/languages/index.ts';
import { isLatinLanguage, type ToldByScript, type TranslationLanguage } from '../../libs/words/index.ts';

/**
 * The language that the letters of a translation tell, where it is sent as one in another and its writer was not asked
 * about this yet; `latin` for Latin letters in a language that has none. Japanese may be written without a letter of its own.
 */
export function likelyLanguage(
  { language, body }: { readonly language: TranslationLanguage; readonly body: string },
  asked: string,
): ToldByScript {
  const told = asked === language ? null : lettersOf(body);
  if (told === 'latin') return isLatinLanguage(language) ? null : told;
  return told === language || (language === 'ja' && told === 'zh') ? null : told;
}
