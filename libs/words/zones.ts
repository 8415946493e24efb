const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

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
  return dayStart(zone, Date.UTC(year, month - 1, 1));
}

/** When a day begins in the zone, given when it begins in UTC; both in milliseconds since 1970. */
export function dayStart(zone: string, asUtc: number): number {
  return momentOf(zone, asUtc);
}

/** The day that the zone's calendar shows at a moment in milliseconds since 1970, as `2026-01-31`. */
export function localDay(zone: string, moment: number): string {
  return new Date(moment + offsetAt(zone, moment) * MINUTE).toISOString().slice(0, 10);
}

/** `asUtc`: the moment at which a clock of UTC shows the time that the zone's clock shows. */
function momentOf(zone: string, asUtc: number): number {
  // The offset of the moment itself, which the first guess is a few hours away from.
  const near = asUtc - offsetAt(zone, asUtc) * MINUTE;
  return asUtc - offsetAt(zone, near) * MINUTE;
}

/** Former names that programs still give for zones: those of CLDR, which the tables of Intl follow. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
]);

/** Today's name of the zone that any of its names tells, in whatever letters; null for what is no zone. */
export function zoneNamed(name: string): string | null {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return RENAMED.get(timeZone) ?? timeZone;
  } catch {
    return null;
  }
}

/** Today's names of all zones, in the order of the alphabet. */
export function zoneNames(): readonly string[] {
  const names = Intl.supportedValuesOf('timeZone').map((name) => RENAMED.get(name) ?? name);
  return [...new Set(names)].toSorted();
}

/** When the clock of the zone shows a time, `2026-03-01T14:30`, in milliseconds since 1970; NaN for what is no time. */
export function clockTime(zone: string, local: string): number {
  const asUtc = Date.parse(`${local}Z`);
  return Number.isNaN(asUtc) ? asUtc : momentOf(zone, asUtc);
}

/**
 * All moments at which the clock of the zone shows a time, `2026-03-01T14:30`, in milliseconds since 1970, the earlier one
 * first: none for a time that a change of the clock leaps over, two for one that it repeats, and null for what is no time.
 */
export function clockMoments(zone: string, local: string): readonly number[] | null {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return null;
  // No change of a clock is further away than that, and none is larger.
  const offsets = [asUtc - DAY, asUtc + DAY].map((near) => offsetAt(zone, near));
  const moments = [...new Set(offsets)].map((offset) => asUtc - offset * MINUTE);
  return moments
    .filter((moment) => moment + offsetAt(zone, moment) * MINUTE === asUtc)
    .toSorted((one, other) => one - other);
}

/** What the clock of the zone shows at a moment in milliseconds since 1970, to the minute: `2026-03-01T14:30`. */
export function shownByClock(zone: string, moment: number): string {
  return new Date(moment + offsetAt(zone, moment) * MINUTE).toISOString().slice(0, 16);
}
