import { withoutTail } from './without-tail.ts';

/** Latin letters whose stroke or ligature is no combining mark, so that decomposing leaves them as they are. */
const PLAIN: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  ŧ: 't',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};

/**
 * A text as addresses have it: Unicode letters, marks and digits in lower case, hyphens for all else, Latin letters without
 * their diacritics. Joiners only shape the letters around them; everything else that is no letter, mark or digit parts
 * words.
 */
export function hyphenated(text: string): string {
  const words = withoutDiacritics(text.normalize('NFKC').toLowerCase())
    .replace(/['’\u200c\u200d]/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^[-\p{M}]+/u, '');
  return withoutTail(words, /-/);
}

function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{Mn}+/gu, '$1')
    .normalize('NFC')
    .replace(/[đðħıłøŧþßæœ]/gu, (letter) => PLAIN[letter] ?? letter);
}
