import { expect, test } from '@jest/globals';
import { isDisposableDomain } from './index.ts';

test('domains for addresses to throw away are told from others, with those below them', () => {
  const asked = ['mailinator.com', 'MAILINATOR.com', 'any.mailinator.com', 'gmail.com', 'example.org', 'com', ''];
  expect(asked.map(isDisposableDomain)).toEqual([true, true, true, false, false, false, false]);
});

test('a name of many labels costs no more than a short one', () => {
  expect(isDisposableDomain(`${'a.'.repeat(5_000)}mailinator.com`)).toBe(true);
});
