import { expect, test } from '@jest/globals';
import { toldSize } from './told-size.ts';

const MEBIBYTE = 1_048_576;

test.each([
  [0, '0 KB'],
  [64 * 1_024 + 1_023, '64 KB'],
  [MEBIBYTE - 1, '1,023 KB'],
  [MEBIBYTE, '1 MB'],
  [1.99 * MEBIBYTE, '1.9 MB'],
  [5 * MEBIBYTE, '5 MB'],
  [10 * MEBIBYTE - 1, '9.9 MB'],
  [10.9 * MEBIBYTE, '10 MB'],
  [2_000 * MEBIBYTE, '2,000 MB'],
])('%d bytes are told as %s, never as more than they are', (bytes, told) => {
  expect(toldSize(bytes, { number: (value) => value.toLocaleString('en') })).toBe(told);
});
