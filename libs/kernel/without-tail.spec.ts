import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withoutTail } from './without-tail.ts';

test.each([
  ['/a//b//', /\//, '/a//b'],
  ['////', /\//, ''],
  ['', /\//, ''],
  ['a𐄀𐄁', /\p{P}/u, 'a'],
  ['a\ud800', /\p{P}/u, 'a\ud800'],
])('%j without %s at its end is %j', (text, dropped, left) => {
  expect(withoutTail(text, dropped)).toBe(left);
});

test('drops what the pattern of a run at the end would drop', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '-', ' ', '.', '𐄀', '\n') }), (text) => {
      expect(withoutTail(text, /[\s\p{P}]/u)).toBe(text.replace(/[\s\p{P}]+$/u, ''));
    }),
  );
});
