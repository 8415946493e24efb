import { expect, test } from '@jest/globals';
import {
  clockMoments,
  clockTime,
  localDay,
  monthStart,
  offsetAt,
  shownByClock,
  zoneNamed,
  zoneNames,
} from './index.ts';

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

test('a day is the one on the zone’s calendar', () => {
  expect(localDay('Asia/Yangon', at('2015-12-31T17:29:59Z'))).toBe('2015-12-31');
  expect(localDay('Asia/Yangon', at('2015-12-31T17:30:00Z'))).toBe('2016-01-01');
  expect(localDay('America/New_York', at('2016-01-01T04:59:00Z'))).toBe('2015-12-31');
  expect(localDay('UTC', at('2016-01-01T00:00:00Z'))).toBe('2016-01-01');
});

test('a zone is known by each of its names, and told by the one it has today', () => {
  expect(['Asia/Rangoon', 'Asia/Yangon', 'asia/saigon', 'Europe/Kiev', 'US/Pacific', 'UTC'].map(zoneNamed)).toEqual([
    'Asia/Yangon',
    'Asia/Yangon',
    'Asia/Ho_Chi_Minh',
    'Europe/Kyiv',
    'America/Los_Angeles',
    'UTC',
  ]);
  expect(['Nowhere/Land', ''].map(zoneNamed)).toEqual([null, null]);
});

test('the list has every zone once, under the name of today', () => {
  const names = zoneNames();
  expect(names).toEqual(expect.arrayContaining(['Asia/Kolkata', 'Asia/Phnom_Penh', 'Asia/Yangon', 'Europe/Kyiv']));
  expect(names.filter((name) => zoneNamed(name) !== name)).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test('the clock of a zone shows a time at one moment', () => {
  const told = (zone: string, local: string): string => new Date(clockTime(zone, local)).toISOString();
  expect(told('Asia/Bangkok', '2026-03-01T14:30')).toBe('2026-03-01T07:30:00.000Z');
  expect(told('Europe/Berlin', '2026-07-01T14:30')).toBe('2026-07-01T12:30:00.000Z');
  expect(told('America/New_York', '2026-11-01T12:00')).toBe('2026-11-01T17:00:00.000Z');
  expect(clockTime('Asia/Bangkok', 'soon')).toBeNaN();
});

test('a time that a change of the clock leaps over is at no moment, and one that it repeats at two', () => {
  const told = (zone: string, local: string) =>
    clockMoments(zone, local)?.map((moment) => new Date(moment).toISOString().slice(0, 16));
  expect(told('Europe/Berlin', '2026-03-29T02:30')).toEqual([]);
  expect(told('Europe/Berlin', '2026-03-29T01:59')).toEqual(['2026-03-29T00:59']);
  expect(told('Europe/Berlin', '2026-03-29T03:00')).toEqual(['2026-03-29T01:00']);
  expect(told('Europe/Berlin', '2026-10-25T02:30')).toEqual(['2026-10-25T00:30', '2026-10-25T01:30']);
  expect(told('Australia/Lord_Howe', '2026-10-04T02:15')).toEqual([]);
  expect(told('Australia/Lord_Howe', '2026-04-05T01:45')).toEqual(['2026-04-04T14:45', '2026-04-04T15:15']);
  // Samoa went over the date line: the day was left out.
  expect(told('Pacific/Apia', '2011-12-30T12:00')).toEqual([]);
  expect(told('Pacific/Apia', '2011-12-31T00:00')).toEqual(['2011-12-30T10:00']);
  expect(told('Asia/Bangkok', '2026-03-01T14:30')).toEqual(['2026-03-01T07:30']);
  expect(told('UTC', '2026-03-01T14:30')).toEqual(['2026-03-01T14:30']);
  expect(clockMoments('UTC', 'soon')).toBeNull();
});

test('what a clock shows leads back to the moment', () => {
  for (const moment of ['2026-10-25T00:30', '2026-10-25T01:30', '2026-07-01T00:00'].map((text) => at(`${text}Z`)))
    expect(clockMoments('Europe/Berlin', shownByClock('Europe/Berlin', moment))).toContain(moment);
});
