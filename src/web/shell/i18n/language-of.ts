import { toldByScript } from '../../../../libs/words/index.ts';
import { headWithoutTags } from '../without-tags.ts';

/** The characters looked at: enough to tell a language, and few enough for a page of a hundred comments. */
const LOOKED_AT = 400;

/** Languages in other letters, and Vietnamese, which has some of its own: such a text would have been told. */
const OTHER_LETTERS = /^(ar|bn|el|fa|he|hi|ja|km|ko|lo|my|ru|ta|th|uk|ur|vi|zh)\b/i;

/**
 * The language of a text of which none is known, by its script, for `lang`: it decides the font and where lines break.
 * A text in Latin letters is taken for one in the language `around` it, such as that of its post, where that has these letters;
 * else it is called English: it needs the fonts and lines of its script, not those of a Burmese page.
 * Undefined when the script does not tell, so that the surrounding language applies.
 */
export function languageOf(htmlOrText: string, around = 'en'): string | undefined {
  const told = toldByScript(headWithoutTags(htmlOrText, LOOKED_AT).replace(/&\w+;/g, ' '));
  if (told !== 'latin') return told ?? undefined;
  return OTHER_LETTERS.test(around) ? 'en' : around;
}
