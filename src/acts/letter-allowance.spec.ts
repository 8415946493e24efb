import { expect, test } from '@jest/globals';
import { letterAllowanceOf } from './letter-allowance.ts';

test('the plain spelling of a mailbox has an allowance beside that of all its others together', () => {
  const plain = ['somchai@gmail.com', 'Somchai@GMAIL.com.', ' somchai@gmail.com '].map(letterAllowanceOf);
  const others = ['som.chai@gmail.com', 'somchai+a@gmail.com', 'somchai+b@googlemail.com'].map(letterAllowanceOf);
  expect([new Set(plain).size, new Set(others).size, new Set([...plain, ...others]).size]).toEqual([1, 1, 2]);
  expect(letterAllowanceOf('somchai@example.org')).not.toBe(letterAllowanceOf('thida@example.org'));
});
