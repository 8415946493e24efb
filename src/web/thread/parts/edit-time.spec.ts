import { expect, test } from '@jest/globals';
import { minutesToEdit } from './edit-time.ts';

test.each([
  ['2025-12-31T23:59:30Z', 10],
  ['2026-01-01T00:00:00Z', 10],
  ['2026-01-01T00:00:01Z', 10],
  ['2026-01-01T00:09:59Z', 1],
  ['2026-01-01T00:10:00Z', 0],
  ['2026-01-01T01:00:00Z', 0],
])('at %s there are %d minutes to edit', (now, expected) => {
  expect(minutesToEdit('2026-01-01T00:00:00Z', 10, Date.parse(now))).toBe(expected);
});
