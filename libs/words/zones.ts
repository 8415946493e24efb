const MINUTE = 60_000;

/** One formatter a zone: making one takes longer than using it. The forum has one zone at a time. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATTERS = 20;

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  if (formatters.size >= MOST_FORMATTERS) formatters.clear();
  const made = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  formatters.set(zone, made);
  return made;
}

/** Minutes by which the zone (IANA) is ahead of UTC at a moment in milliseconds since 1970. */
export function offsetAt(zone: string, moment: number): number {
  if (zone === 'UTC') return 0;
  const name = formatterOf(zone)
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours = '0', minutes = '0'] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '') ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

/** When a month (1 for January; more than 12 are of the next year) begins in the zone, in milliseconds since 1970. */
export function monthStart(zone: string, year: number, month: number): number {
  const asUtc = Date.UTC(year, month - 1, 1);
  // The offset of the moment itself, which the first guess is a few hours away from.
  const near = asUtc - offsetAt(zone, asUtc) * MINUTE;
  return asUtc - offsetAt(zone, near) * MINUTE;
}
