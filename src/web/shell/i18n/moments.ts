import { offsetAt } from '../../../../libs/words/index.ts';
import type { MessageKey, Translator } from './translate.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The age up to which a moment is told relative to now; an older one is a date, which says more than "41 weeks ago".
 */
const RELATIVE_UNTIL = 7 * DAY;

/** Thailand counts years from the Buddha's time. */
const YEARS_AHEAD: Readonly<Record<string, number>> = { th: 543 };

/**
 * `isLocal` is true in the reader's own browser; the server cannot know the reader's zone and tells the forum's. The words come
 * from the message files and not from Intl, since browsers lack Khmer, Lao and Burmese.
 */
export interface Clock {
  readonly translator: Translator;
  readonly now: number;
  readonly isLocal: boolean;
}

interface Parts {
  readonly year: number;
  /** 1 for January. */
  readonly month: number;
  readonly day: number;
  /** `14:03:20.125` */
  readonly time: string;
  /** `UTC`, `UTC+7`, `UTC+5:30` */
  readonly zone: string;
}

/** Without a browser, the zone is that of the forum. */
function partsOf(moment: Date, { translator, isLocal }: Pick<Clock, 'translator' | 'isLocal'>): Parts {
  const offset = isLocal ? -moment.getTimezoneOffset() : offsetAt(translator.timeZone, moment.getTime());
  const shifted = new Date(moment.getTime() + offset * MINUTE).toISOString();
  const [year = 0, month = 0, day = 0] = shifted.slice(0, 10).split('-').map(Number);
  return { year, month, day, time: shifted.slice(11, 23), zone: offsetName(offset) };
}

/** How far minutes lead UTC: `UTC+7`, `UTC+5:30`. */
export function offsetName(offset: number): string {
  if (offset === 0) return 'UTC';
  const minutes = Math.abs(offset) % 60;
  const hours = Math.floor(Math.abs(offset) / 60);
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}

function yearIn(year: number, { locale, digits }: Translator): string {
  return digits(String(year + (YEARS_AHEAD[locale] ?? 0)));
}

function nameOfMonth(month: number, { t, has }: Translator): string {
  const key = `date.month.${month}`;
  return has(key) ? t(key) : String(month);
}

/** "3 hours ago", "yesterday"; past a week the date: "5 October 2015". */
export function relativeTime(iso: string, clock: Clock): string {
  const { t } = clock.translator;
  const age = clock.now - Date.parse(iso);
  const told = (key: MessageKey, unit: number): string => t(key, { count: Math.floor(age / unit) });
  if (age > RELATIVE_UNTIL || age < -MINUTE) return date(iso, clock);
  if (age < MINUTE) return t('time.now');
  if (age < HOUR) return told('time.minutes', MINUTE);
  if (age < DAY) return told('time.hours', HOUR);
  return age < 2 * DAY ? t('time.yesterday') : told('time.days', DAY);
}

/** "5 October 2015", as the language writes it. */
export function date(iso: string, { translator, isLocal }: Pick<Clock, 'translator' | 'isLocal'>): string {
  const { year, month, day } = partsOf(new Date(iso), { translator, isLocal });
  return translator.t('date.long', {
    day: translator.digits(String(day)),
    month: nameOfMonth(month, translator),
    year: yearIn(year, translator),
  });
}

/** To the second with the zone, for the hover: "5 October 2015, 14:03:20 UTC+7". */
export function exactTime(iso: string, clock: Pick<Clock, 'translator' | 'isLocal'>): string {
  return timed(iso, SECONDS, clock);
}

/** Characters of a time of day, to the minute, the second and the millisecond. */
const MINUTES = 5;
const SECONDS = 8;
const MILLISECONDS = 12;

function timed(iso: string, precision: number, clock: Pick<Clock, 'translator' | 'isLocal'>): string {
  const { time, zone } = partsOf(new Date(iso), clock);
  const { t, digits } = clock.translator;
  return t('date.exact', { date: date(iso, clock), time: digits(time.slice(0, precision)), zone });
}

/**
 * The moments of one line in order, as coarsely as still tells them apart: "5 October 2015" and "6 October 2015", or "5
 * October 2015, 14:03 UTC" and "14:05". Each can be read beside the first alone, where there is no room for those between.
 */
export function toldApart(isos: readonly string[], clock: Pick<Clock, 'translator' | 'isLocal'>): readonly string[] {
  const days = isos.map((iso) => date(iso, clock));
  const areApart = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;
  if (areApart(days)) return days;
  const precision =
    [MINUTES, SECONDS].find((one) => areApart(isos.map((iso) => timed(iso, one, clock)))) ?? MILLISECONDS;
  return isos.map((iso, n) => {
    if (n === 0 || days[n] !== days[0]) return timed(iso, precision, clock);
    return clock.translator.digits(partsOf(new Date(iso), clock).time.slice(0, precision));
  });
}

/** `2015-10` → "October 2015". */
export function monthName(month: string, translator: Translator): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return translator.t('date.monthYear', { month: nameOfMonth(number, translator), year: yearIn(year, translator) });
}

/** `2015` as the language counts it: "2015", "พ.ศ. 2558". */
export function yearName(year: string, translator: Translator): string {
  return translator.t('date.year', { year: yearIn(Number(year), translator) });
}
