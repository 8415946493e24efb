import { expect, test } from '@jest/globals';
import { letterAllowanceOf } from './letter-allowance.ts';

const nameOf = (login: string): string => Buffer.from(login).toString('hex');
const allowance = (email: string): string => letterAllowanceOf(email, { nameOf });

test('the plain spelling of a mailbox has an allowance beside that of all its others together', () => {
  const plain = ['somchai@gmail.com', 'Somchai@GMAIL.com.', ' somchai@gmail.com '].map(allowance);
  const others = ['som.chai@gmail.com', 'somchai+a@gmail.com', 'somchai+b@googlemail.com'].map(allowance);
  expect([new Set(plain).size, new Set(others).size, new Set([...plain, ...others]).size]).toEqual([1, 1, 2]);
  expect(allowance('somchai@example.org')).not.toBe(allowance('thida@example.org'));
  for (const key of [...plain, ...others]) expect(key).not.toContain('@');
});
