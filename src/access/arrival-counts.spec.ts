import { expect, test } from '@jest/globals';
import { ArrivalCounts } from './arrival-counts.ts';

const NOON = Date.parse('2026-11-26T12:00:00.000Z');
const HOUR = 3_600_000;

test('given registrations from one block of addresses, then those of the hour and of the day are counted', () => {
  const counts = new ArrivalCounts();
  const before = [
    counts.take('203.0.113.7', NOON),
    counts.take('203.0.113.99', NOON + HOUR / 2),
    counts.take('203.0.113.7', NOON + 1.25 * HOUR),
    counts.take('203.0.113.7', NOON + 24.25 * HOUR),
    counts.take('203.0.114.7', NOON + 24.25 * HOUR),
  ];
  expect(before.map(({ withinHour, withinDay }) => [withinHour, withinDay])).toEqual([
    [0, 0],
    [1, 1],
    [1, 2],
    [0, 2],
    [0, 0],
  ]);
});

test('given an address of the next generation, then all of its site count as one', () => {
  const counts = new ArrivalCounts();
  counts.take('2001:db8:7:1::5', NOON);
  expect(counts.take('2001:db8:7:ffff::9', NOON)).toMatchObject({ withinHour: 1 });
  expect(counts.take('2001:db8:8:1::5', NOON)).toMatchObject({ withinHour: 0 });
});

test('given a registration that came to nothing, then it does not count', () => {
  const counts = new ArrivalCounts();
  counts.take('203.0.113.7', NOON).giveBack();
  expect(counts.take('203.0.113.7', NOON)).toMatchObject({ withinHour: 0, withinDay: 0 });
});
