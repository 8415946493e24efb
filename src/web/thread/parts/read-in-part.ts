import { type TextLanguage, type ToldByScript, toldByScript } from '../../../../libs/words/index.ts';
import { headWithoutTags } from '../../shell/without-tags.ts';

/** Fewer letters are a name or a quoted word. */
const LETTERS_OF_PARAGRAPH = 24;
/** The characters looked at, and the paragraphs among them. */
const LOOKED_AT = 4000;
const MOST_PARAGRAPHS = 20;

/** The addresses and code in a text are in no language, however long they are. */
const NO_WORDS = /<pre\b[^<>]*>[^<]*<\/pre>|<code\b[^<>]*>[^<]*<\/code>|https?:\S+|&\w+;/g;
const PARAGRAPH_ENDS = /<\/(?:p|li|blockquote|h\d)>|<br ?\/?>/;

/** The languages of texts but for Vietnamese, which is told by its letters. */
export const IN_LATIN: readonly TextLanguage[] = ['en', 'fr', 'de', 'es', 'pt', 'it', 'nl', 'id', 'ms', 'tl'];
export const IN_OTHER_LETTERS: readonly TextLanguage[] = ['th', 'km', 'lo', 'my', 'zh', 'ja', 'ko', 'ar', 'he'];

/**
 * Whether a paragraph of a text in another language is in one that is read, as far as letters tell: two languages in Latin
 * letters are not told apart, but for Vietnamese.
 */
export function readsInPart(
  html: string,
  { language, reads }: { readonly language: string; readonly reads: readonly string[] },
): boolean {
  const paragraphs = html.slice(0, LOOKED_AT).replace(NO_WORDS, ' ').split(PARAGRAPH_ENDS).slice(0, MOST_PARAGRAPHS);
  return paragraphs.some((paragraph) => {
    const text = headWithoutTags(paragraph, LOOKED_AT);
    return countOf(text, /\p{L}/gu) >= LETTERS_OF_PARAGRAPH && isRead(text, toldByScript(text), { language, reads });
  });
}

function isRead(
  text: string,
  told: ToldByScript,
  { language, reads }: { readonly language: string; readonly reads: readonly string[] },
): boolean {
  if (told !== null && told !== 'latin' && reads.includes(told)) return true;
  // A text may change its script within a paragraph.
  const isInOtherLetters = language === 'vi' ? told === 'latin' : IN_OTHER_LETTERS.some((one) => one === language);
  return isInOtherLetters && countOf(text, /\p{Script=Latin}/gu) >= LETTERS_OF_PARAGRAPH && readsLatin(reads);
}

function readsLatin(reads: readonly string[]): boolean {
  return reads.some((code) => IN_LATIN.some((one) => one === code));
}

function countOf(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0;
}
