import { composed } from '../words/index.ts';

/** The letters that Vietnamese alone has; the last range is Unicode's block of them, from Ạ to ỹ. */
const VIETNAMESE = /[ăđơư\u1ea0-\u1ef9]/giu;
/** Only some Vietnamese letters carry a mark, so a smaller share decides. */
const SHARE_VIETNAMESE = 0.06;
/** Fewer words without a capital letter are a title, or a text in capitals. */
const FEWEST_SMALL_WORDS = 3;
/** A Vietnamese word without its marks is one syllable, and ends in a vowel or in one of these. */
const SYLLABLE = /^[^aeiouy]{0,3}[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?$/;

/**
 * By the words that are no names, since Vietnamese names and dishes stand in texts of all languages: enough of their
 * letters are Vietnamese, and twice as many of them have marks as are such as Vietnamese has none.
 */
export function isVietnamese(given: string): boolean {
  const text = composed(given);
  if (text.search(VIETNAMESE) < 0) return false;
  const all = text.match(/\p{L}+/gu) ?? [];
  const small = all.filter((word) => /^\p{Ll}/u.test(word));
  const words = small.length < FEWEST_SMALL_WORDS ? all : small;
  const joined = words.join('');
  if (countOf(joined, VIETNAMESE) < SHARE_VIETNAMESE * joined.length) return false;
  const plain = words.map((word) => withoutMarks(word.toLowerCase()));
  const marked = words.filter((word, at) => word.toLowerCase() !== plain[at]).length;
  return marked >= 2 * plain.filter((word) => !SYLLABLE.test(word)).length;
}

function withoutMarks(word: string): string {
  return composed(word.replaceAll('đ', 'd'), 'NFD').replace(/\p{M}/gu, '');
}

function countOf(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0;
}
