import { expect, test } from '@jest/globals';
import { freeLanguage } from './translation-language.ts';

test('a translation begins in a language that its reader reads and that is free, else in none', () => {
  const reader = { locale: 'my', reads: ['en', 'my'] };
  expect([[], ['my'], ['my', 'en']].map((closed) => freeLanguage(reader, closed))).toEqual(['my', 'en', '']);
  expect(freeLanguage({ locale: 'my', reads: null }, ['my'])).toBe('');
  expect(freeLanguage({ locale: 'qaa', reads: null }, [])).toBe('');
});
