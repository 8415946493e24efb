import { expect, test } from '@jest/globals';
import { searchQuery } from './search-words.ts';

test('a word is looked for once, however often and in whatever form it is given', () => {
  expect(searchQuery('visa border')).toBe('"visa" * AND "border" *');
  expect(searchQuery('visa '.repeat(99))).toBe('"visa" *');
  expect(searchQuery('visa Visa VISA (visa)')).toBe('"visa" *');
});

test('the work of a search is bounded by its terms', () => {
  const asked = Array.from({ length: 99 }, (_, n) => `w${n}`).join(' ');
  expect(searchQuery(asked)?.split(' AND ')).toHaveLength(16);
});

test('what holds no word asks for nothing', () => {
  expect(searchQuery(' -- ! ')).toBeNull();
});
