import { expect, test } from '@jest/globals';
import { dueAt } from './mail-times.ts';

const at = (time: string): number => Date.parse(`2026-11-${time}:00Z`);
const bangkok = { zone: 'Asia/Bangkok', quietHours: null };
const quiet = { zone: 'Asia/Bangkok', quietHours: { from: '22:00', to: '07:00' } };

test.each([
  ['mail', bangkok, '26T12:34', '26T12:34'],
  // 8:00 in Bangkok is 1:00 in UTC; the 26th is a Thursday.
  ['daily', bangkok, '26T00:59', '26T01:00'],
  ['daily', bangkok, '26T01:00', '27T01:00'],
  ['weekly', bangkok, '26T12:00', '30T01:00'],
  ['weekly', bangkok, '23T00:30', '23T01:00'],
  ['mail', quiet, '26T14:59', '26T14:59'],
  ['mail', quiet, '26T15:00', '27T00:00'],
  ['mail', quiet, '26T23:59', '27T00:00'],
  ['mail', quiet, '27T00:00', '27T00:00'],
  ['mail', { zone: 'UTC', quietHours: { from: '12:00', to: '13:30' } }, '26T12:10', '26T13:30'],
  ['daily', { zone: 'UTC', quietHours: { from: '06:00', to: '09:30' } }, '26T12:10', '27T09:30'],
] as const)('a mail of %s, with %j, about %s is due at %s', (way, times, happened, due) => {
  expect(new Date(dueAt(way, at(happened), times)).toISOString()).toBe(new Date(at(due)).toISOString());
});
