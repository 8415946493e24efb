import { expect, test } from '@jest/globals';
import type { DueTelling, PendingPlace } from '../../views/notifications/notifications.query-types.ts';
import { PendingScan } from './pending-scan.ts';

const NOW = 1_000_000;
const HOUR_MS = 3_600_000;

const placeAt = (n: number): PendingPlace => ({ since: BigInt(n), memberId: 'a member', way: 'daily' });
const mail: DueTelling = { memberId: 'a member', way: 'daily', after: 0n, upTo: 1n };
const part = (last: number, { due = 0, nextAt = null as number | null, more = false } = {}) => ({
  due: Array.from({ length: due }, () => mail),
  nextAt,
  last: placeAt(last),
  more,
});

test('who has been looked at is not looked at again before somebody is due', () => {
  const scan = new PendingScan(NOW);
  expect([scan.take(part(10, { nextAt: NOW + 500, more: true })), scan.place]).toEqual([true, placeAt(10)]);
  expect([scan.take(part(20, { nextAt: NOW + 300 })), scan.place]).toEqual([false, placeAt(20)]);
  expect([scan.take(part(25, { nextAt: NOW + 400 })), scan.nextAt]).toEqual([false, NOW + 300]);
  expect([NOW + 299, NOW + 300].map((now) => scan.isOver(now))).toEqual([false, true]);
});

test('from the first part in which a mail was due on, all are looked at until none is', () => {
  const scan = new PendingScan(NOW);
  scan.take(part(10, { more: true }));
  scan.take(part(20, { due: 2, more: true }));
  scan.take(part(30, { due: 1, more: true }));
  expect([scan.take(part(35)), scan.place]).toEqual([true, placeAt(10)]);
  expect([scan.take(part(35, { due: 1 })), scan.place]).toEqual([true, placeAt(10)]);
  expect([scan.take(part(35)), scan.place]).toEqual([false, placeAt(35)]);
});

test('a clock that is set back, and an hour, let all be looked at again', () => {
  const scan = new PendingScan(NOW);
  scan.take(part(10));
  const moments = [NOW - 1, NOW, NOW + HOUR_MS - 1, NOW + HOUR_MS];
  expect(moments.map((now) => scan.isOver(now))).toEqual([true, false, false, true]);
});
