import { composed } from '../words/index.ts';
import { withoutStrokes } from './without-strokes.ts';
import { withoutTail } from './without-tail.ts';

/**
 * A text in the form for addresses: Unicode letters, marks and digits in lower case, hyphens for everything else, Latin
 * letters without their diacritics. Joiners only shape the letters around them; every other character separates words.
 */
export function hyphenated(text: string): string {
  const words = withVowelAm(withoutDiacritics(composed(text, 'NFKC').toLowerCase()))
    .replace(/['’\u200c\u200d]/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^[-\p{M}]+/u, '');
  return withoutTail(words, /-/);
}

/** NFKC takes the vowel "am" of Thai and Lao apart, which looks wrong after a tone mark: `น้ำ`. */
function withVowelAm(text: string): string {
  return text.replaceAll('\u0e4d\u0e32', '\u0e33').replaceAll('\u0ecd\u0eb2', '\u0eb3');
}

function withoutDiacritics(text: string): string {
  return withoutStrokes(composed(composed(text, 'NFD').replace(/(\p{Script=Latin})\p{Mn}+/gu, '$1')));
}
