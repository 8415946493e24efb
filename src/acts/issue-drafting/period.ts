import { clockTime } from '../../../libs/words/index.ts';

const DAY_MS = 86_400_000;
/** The most days of a period. */
export const MOST_PERIOD_DAYS = 366;

/** Two days that both count, such as `2026-10-01` and `2026-10-31`. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The moments of a period in the zone, in milliseconds since 1970; `until` is the first one after it. */
export interface PeriodSpan {
  readonly from: number;
  readonly until: number;
}

/** Null for what is no day, for days in the wrong order or the future, and for more than a year. */
export function spanOf({ from, to }: Period, zone: string, now: number): PeriodSpan | null {
  const [first, last] = [dayOf(from), dayOf(to)];
  if (first === null || last === null || first > last || last - first >= MOST_PERIOD_DAYS * DAY_MS) return null;
  const span = { from: clockTime(zone, `${from}T00:00`), until: clockTime(zone, `${dayAt(last + DAY_MS)}T00:00`) };
  return span.from > now ? null : span;
}

/** The days of a month, `2026-10`; null for what is none. */
export function monthPeriod(month: string): Period | null {
  const first = /^\d{4}-\d\d$/.test(month) ? dayOf(`${month}-01`) : null;
  if (first === null) return null;
  const at = new Date(first);
  return { from: `${month}-01`, to: dayAt(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)) };
}

/** `2026-10` of the months before this one of the zone's clock, `2026-11-27T14:30`, the newest first. */
export function monthsBefore(shown: string, count: number): readonly string[] {
  const [year = Number.NaN, month = Number.NaN] = shown.split('-').map(Number);
  return Array.from({ length: count }, (_, back) => dayAt(Date.UTC(year, month - 2 - back, 1)).slice(0, 7));
}

/** "October 2026" for a whole month, else the days, as the language writes them. */
export function periodInWords({ from, to }: Period, locale: string): string {
  const written = locale === 'en' ? 'en-GB' : locale;
  const isMonth = monthPeriod(from.slice(0, 7))?.to === to && from.endsWith('-01');
  const style = isMonth ? ({ month: 'long', year: 'numeric' } as const) : ({ dateStyle: 'long' } as const);
  const format = new Intl.DateTimeFormat(written, { ...style, timeZone: 'UTC' });
  return isMonth ? format.format(new Date(from)) : format.formatRange(new Date(from), new Date(to));
}

function dayOf(text: string): number | null {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) || dayAt(at) !== text ? null : at;
}

function dayAt(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
