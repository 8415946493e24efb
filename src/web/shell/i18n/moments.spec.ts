import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { LOCALE_CODES } from './locales.ts';
import { date, exactTime, monthName, relativeTime, toldApart, yearName } from './moments.ts';
import { translator } from './translate.ts';

const speaking = (locale: string) =>
  translator(locale, JSON.parse(readFileSync(new URL(`../messages/${locale}.json`, import.meta.url), 'utf8')));
const NOW = Date.parse('2015-10-06T14:03:20.000Z');
const ago = (milliseconds: number): string => new Date(NOW - milliseconds).toISOString();
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

describe('a moment', () => {
  it('is told relative to now for a week, then by its date', () => {
    const clock = { translator: speaking('en'), now: NOW, isLocal: false };
    const ages = [0, MINUTE, 59 * MINUTE, HOUR, 23 * HOUR, DAY, 3 * DAY, 8 * DAY, -DAY];

    expect(ages.map((age) => relativeTime(ago(age), clock))).toEqual([
      'just now',
      '1 minute ago',
      '59 minutes ago',
      '1 hour ago',
      '23 hours ago',
      'yesterday',
      '3 days ago',
      '28 September 2015',
      '7 October 2015',
    ]);
  });

  it('is written as each language writes it', () => {
    const told = LOCALE_CODES.map((locale) => date(ago(0), { translator: speaking(locale), isLocal: false }));

    expect(told).toEqual([
      '6 October 2015',
      '6 tháng 10, 2015',
      '6 ตุลาคม 2558',
      '6 តុលា 2015',
      '6 ຕຸລາ 2015',
      '၂၀၁၅ အောက်တိုဘာ ၆',
      '2015年10月6日',
    ]);
  });

  it('is told to the second with its zone on hover', () => {
    const [english, burmese] = ['en', 'my'].map((locale) =>
      exactTime(ago(0), { translator: speaking(locale), isLocal: false }),
    );

    expect([english, burmese]).toEqual(['6 October 2015, 14:03:20 UTC', '၂၀၁၅ အောက်တိုဘာ ၆ ၁၄:၀၃:၂၀ UTC']);
  });

  it.each([
    [
      [8 * DAY, 3 * DAY, 0],
      ['28 September 2015', '3 October 2015', '6 October 2015'],
    ],
    [
      [20 * MINUTE, 2 * MINUTE, 0],
      ['6 October 2015, 13:43 UTC', '14:01', '14:03'],
    ],
    [
      [30_000, 12_000, 0],
      ['6 October 2015, 14:02:50 UTC', '14:03:08', '14:03:20'],
    ],
    [
      [300, 200, 0],
      ['6 October 2015, 14:03:19.700 UTC', '14:03:19.800', '14:03:20.000'],
    ],
    [
      [DAY, HOUR, 0],
      ['5 October 2015, 14:03 UTC', '6 October 2015, 13:03 UTC', '6 October 2015, 14:03 UTC'],
    ],
  ])('beside others is told so that they differ (%j milliseconds ago)', (ages, told) => {
    const clock = { translator: speaking('en'), isLocal: false };

    expect(toldApart(ages.map(ago), clock)).toEqual(told);
  });

  it('is local where it is asked for so', () => {
    const local = exactTime(ago(0), { translator: speaking('en'), isLocal: true });

    const { hours, offset } = { hours: new Date(NOW).getHours(), offset: new Date(NOW).getTimezoneOffset() };
    expect(local).toContain(`${String(hours).padStart(2, '0')}:`);
    expect(local.endsWith('UTC')).toBe(offset === 0);
  });
});

describe('months and years', () => {
  it('have the language’s names and count', () => {
    expect(LOCALE_CODES.map((locale) => monthName('2015-10', speaking(locale)))).toEqual([
      'October 2015',
      'tháng 10 năm 2015',
      'ตุลาคม 2558',
      'តុលា 2015',
      'ຕຸລາ 2015',
      '၂၀၁၅ အောက်တိုဘာ',
      '2015年10月',
    ]);
    expect([yearName('2015', speaking('en')), yearName('2015', speaking('th'))]).toEqual(['2015', 'พ.ศ. 2558']);
  });
});
