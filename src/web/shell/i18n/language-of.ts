import { toldByScript } from '../../../../libs/words/index.ts';
import { headWithoutTags } from '../without-tags.ts';

/** The characters looked at: enough to tell a language, and few enough for a page of a hundred comments. */
const LOOKED_AT = 400;

/**
 * The language of a text of which none is known, by its script, for `lang`: it decides the font and where lines break.
 * Not every Latin text is English, but it needs the fonts and lines of its script, not those of a Burmese page.
 * Undefined when the script does not tell, so that the surrounding language applies.
 */
export function languageOf(htmlOrText: string): string | undefined {
  const told = toldByScript(headWithoutTags(htmlOrText, LOOKED_AT).replace(/&\w+;/g, ' '));
  return told === 'latin' ? 'en' : (told ?? undefined);
}
