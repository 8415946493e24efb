import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exactOf } from './folded.ts';
import { clustersOf, wordsInText } from './words-in-text.ts';

const JOINED = String.raw`\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々〆ー`;
const INSIDE = String.raw`\p{M}\u00ad\u200b-\u200d\u2060`;
/** What a word is, as one pattern: a stretch of a script without spaces, which it tells apart, a word of another one, or an emoji. */
const WORD = new RegExp(
  [
    String.raw`([[${JOINED}]--\p{N}][[${JOINED}${INSIDE}]--\p{N}]*)`,
    String.raw`[[\p{L}\p{N}]--[[${JOINED}]--\p{N}]][[\p{L}\p{N}${INSIDE}]--[[${JOINED}]--[\p{N}\p{M}]]]*`,
    String.raw`\p{RI}{2}|\p{Extended_Pictographic}`,
  ].join('|'),
  'gv',
);
/** A letter with its marks. */
const LETTER = new RegExp(
  [
    String.raw`(?:\u0e40\u0e40|\u0eab[\u0e99\u0ea1]|[^\p{M}\p{Cf}])[\p{M}\p{Cf}]*`,
    String.raw`(?:(?<=[\u17d2\u1039])[^\p{M}\p{Cf}][\p{M}\p{Cf}]*)*`,
    String.raw`(?:[\u0e33\u0eb3]|(?<=\u0e4d[\u0e48-\u0e4b]?)\u0e32|(?<=\u0ecd[\u0ec8-\u0ecb]?)\u0eb2)?`,
  ].join(''),
  'gu',
);

/** Signs that meet in words, those that have rules of their own, and halves of signs. */
const SIGNS = [
  ...[
    'a',
    'é',
    'e\u0301',
    'Я',
    'ß',
    '7',
    '๗',
    '໗',
    '①',
    '㊗',
    '々',
    '〆',
    'ー',
    '한',
    '中',
    '\u{20000}',
    'あ',
    '-',
    '_',
    ' ',
    '\n',
  ],
  ...['\u0e40', '\u0e32', '\u0e33', '\u0e4d', '\u0e48', '\u0e4b', '\u0e47', '\u0e4c', 'ก', '\u0e31', 'ฯ'],
  ...['\u0eab', '\u0e99', '\u0ea1', '\u0eb2', '\u0eb3', '\u0ecd', '\u0ec8', '\u0ecb', '\u0ec7', '\u0ecc', 'ກ'],
  ...['\u17d2', 'ក', 'ខ', '\u17b6', '\u1039', 'က', 'ခ', '\u103a', '\u1031'],
  ...['\u200b', '\u200d', '\u200e', '\u00ad', '\u2060', '\ufe0f', '\ufeff', '\u0301', '\u20dd'],
  ...['👍', '🏽', '\u{1f1fb}', '\u{1f1f3}', '©', '™', 'ℹ', '☺', '\ud83d', '\udc4d', '\u{1d400}', '\u{e0001}'],
];
/** A ring with a tone, or with what is none, before the second part of Sara Am, in Thai and in Lao. */
const parted = fc
  .tuple(fc.constantFrom(0xe00, 0xe80), fc.constantFrom(0x4d, 0x4c), fc.integer({ min: 0x46, max: 0x4d }))
  .map(([script, ring, tone]) => String.fromCharCode(script + 1, script + ring, script + tone, script + 0x32));
const texts = fc.oneof(
  parted,
  fc.array(fc.constantFrom(...SIGNS), { maxLength: 14 }).map((signs) => signs.join('')),
  fc.string({ unit: 'binary', maxLength: 14 }),
);

describe('the words of a text', () => {
  it('are what the pattern of a word finds, with the letters that the pattern of a letter finds', () => {
    const isSeen = (written: string): boolean => exactOf(written) !== '';
    const asPatterns = (text: string): unknown =>
      [...text.matchAll(WORD)].flatMap(({ 0: written, 1: joined, index }) => {
        const word = [index, index + written.length];
        if (joined === undefined) return isSeen(written) ? [word] : [];
        const letters = [...written.matchAll(LETTER)].filter(([letter]) => isSeen(letter));
        const places = letters.map(({ 0: letter, index: at }) => [index + at, index + at + letter.length]);
        return places.length === 0 ? [] : [[...word, ...places]];
      });
    fc.assert(
      fc.property(texts, (text) => {
        const words = wordsInText(text).map((word) => [
          word.start,
          word.end,
          ...(word.kind === 'joined' ? word.clusters.map(({ start, end }) => [start, end]) : []),
        ]);
        expect(words).toEqual(asPatterns(text));
        expect(clustersOf(text)).toEqual(text.match(LETTER) ?? []);
      }),
      { numRuns: 5_000 },
    );
  });
});
