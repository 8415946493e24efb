import { expect, test } from '@jest/globals';
import { monthPeriod, monthsBefore, periodInWords, spanOf } from './period.ts';

const NOW = Date.parse('2026-11-27T17:00:00Z');
const times = (from: string, to: string, zone: string): readonly string[] | null => {
  const span = spanOf({ from, to }, zone, NOW);
  return span && [span.from, span.until].map((at) => new Date(at).toISOString());
};

test('days begin and end by the clock of the zone, also where it is changed between', () => {
  expect(times('2026-10-01', '2026-10-31', 'Asia/Bangkok')).toEqual([
    '2026-09-30T17:00:00.000Z',
    '2026-10-31T17:00:00.000Z',
  ]);
  expect(times('2026-10-25', '2026-10-25', 'Europe/Berlin')).toEqual([
    '2026-10-24T22:00:00.000Z',
    '2026-10-25T23:00:00.000Z',
  ]);
});

test('a period has two days in their order, none of them to come, and at most a year between', () => {
  expect(times('2025-11-28', '2026-11-28', 'UTC')).not.toBeNull();
  for (const [from, to] of [
    ['2026-11-02', '2026-11-01'],
    ['2025-11-26', '2026-11-27'],
    ['2026-11-28', '2026-11-28'],
    ['2026-02-29', '2026-03-01'],
    ['2026-2-1', '2026-03-01'],
    ['', ''],
  ] as const)
    expect([from, to, times(from, to, 'UTC')]).toEqual([from, to, null]);
});

test('months have their days and names in each language, and those before the present one begin with the last', () => {
  expect(monthPeriod('2024-02')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  expect([monthPeriod('2024-13'), monthPeriod('May'), monthPeriod('')]).toEqual([null, null, null]);
  expect(monthsBefore('2026-02-27T14:30', 3)).toEqual(['2026-01', '2025-12', '2025-11']);
  const october = { from: '2026-10-01', to: '2026-10-31' };
  const named = ['en', 'vi', 'th', 'zh'].map((locale) => periodInWords(october, locale));
  expect(named).toEqual(['October 2026', 'tháng 10 năm 2026', 'ตุลาคม 2569', '2026年10月']);
  expect(periodInWords({ from: '2026-10-05', to: '2026-10-31' }, 'en')).toMatch(/^5\s–\s31 October 2026$/);
});
