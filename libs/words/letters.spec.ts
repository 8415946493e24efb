import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countLetters } from './letters.ts';

const COUNTED: readonly (readonly [string, string, readonly number[]])[] = [
  ['of Latin', 'Hello, it is 5 pm', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['of Thai with its marks', 'ที่นี้', [6, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['of two scripts', 'ຂອງ的 한 カか שלום', [0, 0, 3, 0, 2, 1, 1, 0, 4, 0]],
  ['of Vietnamese', 'Đường về nước', [0, 0, 0, 0, 0, 0, 0, 0, 0, 6]],
];

test.each(COUNTED)('characters tell languages: a text %s', (_name, text, told) => {
  expect(countLetters(text).told).toEqual(told);
});

test('letters are counted as expressions count them, in every plane', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constant('𐌰𝒜漢\u{20000}\ud800x'),
  );
  fc.assert(
    fc.property(text, (given) => {
      const { letters, latin } = countLetters(given);
      expect([letters, latin]).toEqual([countOf(given, /\p{L}/gu), countOf(given, /\p{Script=Latin}/gu)]);
    }),
  );
});

function countOf(text: string, letters: RegExp): number {
  return text.match(letters)?.length ?? 0;
}
