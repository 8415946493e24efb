const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seven days back a moment is told relative to now; farther it is a date, which says more than "41 weeks ago". */
const RELATIVE_UNTIL = 7 * DAY;

/** `timeZone` is the reader's own in the browser (undefined), UTC on the server, which cannot know it. */
export interface Clock {
  readonly locale: string;
  readonly now: number;
  readonly timeZone: string | undefined;
}

/** Day before month and 24 hours, as they are written around the Mekong also in English. */
const DATE_LOCALES: Readonly<Record<string, string>> = { en: 'en-GB' };

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(DATE_LOCALES[locale] ?? locale, options)));
  return format;
}

function zoned(clock: Clock, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions {
  return clock.timeZone === undefined ? options : { ...options, timeZone: clock.timeZone };
}

/** "3 hours ago", "yesterday"; past a week the date: "5 October 2015". */
export function relativeTime(iso: string, clock: Clock): string {
  const age = clock.now - Date.parse(iso);
  if (age > RELATIVE_UNTIL || age < -MINUTE) return date(iso, clock);
  const relative = new Intl.RelativeTimeFormat(clock.locale, { numeric: 'auto' });
  if (age < MINUTE) return relative.format(0, 'second');
  if (age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute');
  if (age < DAY) return relative.format(-Math.floor(age / HOUR), 'hour');
  return relative.format(-Math.floor(age / DAY), 'day');
}

/** "5 October 2015", as the language writes it. */
export function date(iso: string, clock: Clock): string {
  return dateFormat(clock.locale, zoned(clock, { dateStyle: 'long' })).format(new Date(iso));
}

/** To the second with the zone, for the hover: "5 October 2015 at 14:03:20 UTC". */
export function exactTime(iso: string, clock: Clock): string {
  return dateFormat(clock.locale, zoned(clock, { dateStyle: 'long', timeStyle: 'long' })).format(new Date(iso));
}

/** `2015-10` → "October 2015". */
export function monthName(month: string, locale: string): string {
  return dateFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`));
}

/** `2015` as the language counts it: "2015", "พ.ศ. 2558". */
export function yearName(year: string, locale: string): string {
  return dateFormat(locale, { year: 'numeric', timeZone: 'UTC' }).format(new Date(`${year}-07-01T00:00:00Z`));
}
