import { headWithoutTags } from '../without-tags.ts';

/** Scripts that need their own font, line height and line breaks, and the language that writes them here. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Khmer}/gu, 'km'],
  [/\p{Script=Lao}/gu, 'lo'],
  [/\p{Script=Myanmar}/gu, 'my'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Hebrew}/gu, 'he'],
  // The last range is Unicode's block of Vietnamese letters with marks, from Ạ to ỹ.
  [/[ăđơư\u1ea0-\u1ef9]/giu, 'vi'],
  // Not every Latin text is English, but each needs the fonts and lines of its script, not those of a Burmese page.
  [/\p{Script=Latin}/gu, 'en'],
];

/** Characters looked at: enough to tell a language, little enough for a page of a hundred comments. */
const LOOKED_AT = 400;
/** A quoted word in another script does not change the language of a text; a fifth of its letters does. */
const SHARE = 0.2;
/** Of Vietnamese letters only some carry a mark. */
const SHARE_VIETNAMESE = 0.06;

/**
 * The language of a text that does not say its own (a comment), by its script, for `lang`: it decides the font and
 * where a line may break. Undefined when it tells nothing, so that the surrounding language holds.
 */
export function languageOf(htmlOrText: string): string | undefined {
  const text = headWithoutTags(htmlOrText, LOOKED_AT).replace(/&\w+;/g, ' ');
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return undefined;
  for (const [script, language] of SCRIPTS) {
    const share = (text.match(script)?.length ?? 0) / letters;
    if (share >= (language === 'vi' ? SHARE_VIETNAMESE : SHARE)) return language;
  }
  return undefined;
}
