import { withoutStrokes } from '../kernel/without-strokes.ts';
import { composed } from '../words/index.ts';

/** Signs that nobody sees: joiners, marks of direction, soft hyphens, and the space without a width that Khmer and Burmese writers put between words. */
const UNSEEN = /\p{Cf}|\ufe0e|\ufe0f/gu;
const LATIN_MARKS = /[\u0300-\u036f]/g;
export const PLAIN_ASCII = /^[\0-\x7f]*$/;

/** What is typed in two ways and looks the same: two Sara E for Sara Ae, a tone before Nikhahit, a Khmer vowel in two parts. */
const LOOKS_SAME: readonly (readonly [RegExp, string])[] = [
  [/\u0e40\u0e40/g, '\u0e41'],
  [/([\u0e48-\u0e4b])\u0e4d/g, '\u0e4d$1'],
  [/([\u0ec8-\u0ecb])\u0ecd/g, '\u0ecd$1'],
  [/\u17c1\u17b6/g, '\u17c4'],
  [/\u17c1\u17b8/g, '\u17be'],
];
/** Digits of the scripts that the forum speaks; each block begins with its zero. */
const OWN_DIGITS = /[๐-๙໐-໙០-៩၀-၉]/g;
const ZEROS = [0x0e50, 0x0ed0, 0x17e0, 0x1040];

/** A text as it is compared where marks count: in NFKC, without case, with ASCII digits, and one way of typing for what looks the same. */
export function exactOf(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.toLowerCase();
  const lower = composed(text, 'NFKC').replace(UNSEEN, '').toLowerCase();
  const even = lower
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .replaceAll('i\u0307', 'i')
    .replace(OWN_DIGITS, asciiDigit);
  return composed(LOOKS_SAME.reduce((so, [typed, same]) => so.replace(typed, same), even));
}

/** The same without the marks of Latin, Greek and Cyrillic letters, so that `viet` and `Việt` are one word; other scripts' vowels stay. */
export function foldedOf(exact: string): string {
  if (PLAIN_ASCII.test(exact)) return exact;
  return withoutStrokes(composed(composed(exact, 'NFD').replace(LATIN_MARKS, '')));
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = ZEROS.find((first) => code >= first && code < first + 10) ?? code;
  return String(code - zero);
}
