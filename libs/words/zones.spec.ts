import { expect, test } from '@jest/globals';
import { monthStart, offsetAt } from './index.ts';

const at = (iso: string): number => Date.parse(iso);

test('a zone is ahead of UTC or behind it, by whole or parts of hours, and by the season', () => {
  expect(offsetAt('Asia/Bangkok', at('2015-10-05T00:00:00Z'))).toBe(420);
  expect(offsetAt('Asia/Yangon', at('2015-10-05T00:00:00Z'))).toBe(390);
  expect(offsetAt('America/New_York', at('2015-01-05T00:00:00Z'))).toBe(-300);
  expect(offsetAt('America/New_York', at('2015-07-05T00:00:00Z'))).toBe(-240);
  expect(offsetAt('UTC', 0)).toBe(0);
});

test('a month begins at midnight of the zone, also where the clock is changed in its first days', () => {
  expect(new Date(monthStart('Asia/Bangkok', 2015, 10)).toISOString()).toBe('2015-09-30T17:00:00.000Z');
  expect(new Date(monthStart('America/New_York', 2015, 11)).toISOString()).toBe('2015-11-01T04:00:00.000Z');
  expect(new Date(monthStart('UTC', 2015, 13)).toISOString()).toBe('2016-01-01T00:00:00.000Z');
});
