import { expect, test } from '@jest/globals';
import { bothTexts } from './index.ts';

test('two texts become one with every line of both, the shared ones once', () => {
  expect(bothTexts('A\nB\nC', 'A\nX\nC')).toBe('A\nB\nX\nC');
  expect(bothTexts('A', 'A')).toBe('A');
  expect(bothTexts('', 'A')).toContain('A');
  expect(bothTexts('A\nB', 'B\nC')).toBe('A\nB\nC');
});

test('texts that share next to nothing stand below each other, however long they are', () => {
  const lines = (name: string): string => Array.from({ length: 5_000 }, (_, n) => `${name} ${n}`).join('\n');
  const both = bothTexts(lines('one'), lines('other'));
  expect([both.includes('one 4999'), both.includes('other 0')]).toEqual([true, true]);
});
