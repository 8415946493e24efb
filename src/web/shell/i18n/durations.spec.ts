import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { duration } from './durations.ts';
import { LOCALE_CODES } from './locales.ts';
import { percent } from './percent.ts';
import { translator } from './translate.ts';

const speaking = (locale: string) =>
  translator(locale, JSON.parse(readFileSync(new URL(`../messages/${locale}.json`, import.meta.url), 'utf8')));
const [MINUTE, HOUR, DAY, YEAR] = [60, 3_600, 86_400, 365 * 86_400];

describe('a duration', () => {
  it('is told in the largest unit that it has two of, rounded up', () => {
    const english = speaking('en');
    const lengths = [0, 1, MINUTE, 61, 119 * MINUTE, 2 * HOUR, 2.5 * HOUR, 47 * HOUR, 2 * DAY, 400 * DAY, 3 * YEAR];

    expect(lengths.map((seconds) => duration(seconds, english))).toEqual([
      '0 minutes',
      '1 minute',
      '1 minute',
      '2 minutes',
      '119 minutes',
      '2 hours',
      '2.5 hours',
      '47 hours',
      '2 days',
      '400 days',
      '3 years',
    ]);
    expect(duration(5_779_940 * MINUTE, english)).toBe('11 years');
  });

  it('is told in the words and digits of each language', () => {
    const told = Object.fromEntries(LOCALE_CODES.map((locale) => [locale, duration(12 * DAY, speaking(locale))]));

    expect(told).toEqual({
      en: '12 days',
      km: '12 ថ្ងៃ',
      lo: '12 ມື້',
      my: '၁၂ ရက်',
      th: '12 วัน',
      vi: '12 ngày',
      zh: '12天',
    });
  });
});

describe('a share', () => {
  it('does not part from its sign at the end of a line', () => {
    expect(percent(50, speaking('en'))).toBe('50\u00a0%');
    expect(percent(50, speaking('my'))).toBe('၅၀\u00a0%');
  });

  it('does not in a message either', () => {
    for (const locale of LOCALE_CODES) {
      expect(speaking(locale).t('audit.building', { percent: 50 })).toContain('\u00a0%');
    }
  });
});
