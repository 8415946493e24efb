import type { Translator } from './translate.ts';

/** In seconds, largest first. A year is one of 365 days. */
const UNITS = [
  ['year', 365 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;
/** The least number of a unit, since rounding up a smaller one would say too much. */
const FEWEST = 2;
/** Below this number a tenth of the unit is still told. */
const TENTHS_BELOW = 10;

/**
 * "11 years", "2.5 days", "40 minutes": seconds in the largest unit that fits, rounded up, so that it can follow
 * "within". Used on pages that the server makes, since not every browser has these words in Khmer, Lao and Burmese.
 */
export function duration(seconds: number, { locale, digits }: Pick<Translator, 'locale' | 'digits'>): string {
  const [unit, length] = UNITS.find(([, one]) => seconds >= FEWEST * one) ?? ['minute', 60];
  const count = seconds / length;
  const parts = unit !== 'minute' && count < TENTHS_BELOW ? 10 : 1;
  const words = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long', numberingSystem: 'latn' });
  return digits(words.format(Math.ceil(count * parts) / parts));
}
