import { expect, it } from '@jest/globals';
import { isDay } from './days.ts';

it.each(['2024-02-29', '2026-12-31', '1970-01-01'])('%s is a day', (day) => expect(isDay(day)).toBe(true));

it.each(['2027-02-29', '2027-02-30', '2026-04-31', '2026-13-01', '2026-1-1', '2026-02', 'today', ''])(
  '%s is none',
  (day) => expect(isDay(day)).toBe(false),
);
