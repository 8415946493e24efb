import type { Translator } from './translate.ts';

/** In seconds, largest first. A year is one of 365 days. */
const UNITS = [
  ['year', 365 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
/** A unit is used from two of it on, since what is rounded up would otherwise say too much. */
const FEWEST = 2;
/** Below this a tenth of the unit still tells something. */
const TENTHS_BELOW = 10;

/**
 * "11 years", "2.5 days", "40 minutes": seconds in the largest unit that fits, rounded up, so that it can follow "within".
 * For pages that the server makes: not every browser has these words in Khmer, Lao and Burmese.
 */
export function duration(seconds: number, { locale, digits }: Pick<Translator, 'locale' | 'digits'>): string {
  const [unit, length] = UNITS.find(([, one]) => seconds >= FEWEST * one) ?? ['minute', 60];
  const count = seconds / length;
  const parts = unit !== 'minute' && count < TENTHS_BELOW ? 10 : 1;
  const words = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', numberingSystem: 'latn' });
  return digits(words.format(Math.ceil(count * parts) / parts));
}
