import { expect, test } from '@jest/globals';
import { clockShift } from './clock-shift.ts';

const NOON = Date.parse('2026-11-27T12:00:00Z');

test.each([
  ['an hour fast', NOON + 3_600_000, -3_600_000],
  ['years slow', Date.parse('2001-01-01T12:00:00Z'), NOON - Date.parse('2001-01-01T12:00:00Z')],
  ['right, when the minute of the page is over', NOON + 75_000, 0],
  ['right', NOON, 0],
])('a device whose clock is %s', (_, device, shift) => {
  expect(clockShift(NOON, device)).toBe(shift);
});

test('a page that does not tell the time leaves the clock as it is', () => {
  expect(clockShift(Number(undefined), NOON)).toBe(0);
});
