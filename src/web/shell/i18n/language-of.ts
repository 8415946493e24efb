import { headWithoutTags } from '../without-tags.ts';

/** Scripts that need a font, line height and line breaks of their own, and their language here. */
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
  // Not every Latin text is English, but it needs the fonts and lines of its script, not those of a Burmese page.
  [/\p{Script=Latin}/gu, 'en'],
];

/** The characters looked at: enough to tell a language, and few enough for a page of a hundred comments. */
const LOOKED_AT = 400;
/**
 * The share of letters that decides: a quoted word in another script does not change a text's language, a fifth of its
 * letters does.
 */
const SHARE = 0.2;
/** Only some Vietnamese letters carry a mark, so a smaller share decides. */
const SHARE_VIETNAMESE = 0.06;

/**
 * The language of a text that does not name its own (a comment), by its script, for `lang`: it decides the font and
 * where lines break. Undefined when the script does not tell, so that the surrounding language applies.
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
