/** The last second of the years that the text of a time has four digits for. */
const END = 253_402_300_800_000;
const DAY = 86_400_000;
const LENGTH = 24;
const DATE = 'YYYY-MM-DDT'.length;

/**
 * The days of the last times, in both directions: `Date` takes a microsecond for a text, and the times of a row lie in
 * different seconds, of imported rows years apart.
 */
const starts = new Map<string, number>();
const dates = new Map<number, string>();
const MOST_DAYS = 1_000;
/** Of a text that no day begins with. */
const NO_DAY = -1;

/** Milliseconds since 1970 of a time as the forum writes it; null for another text, and before 1970. */
export function millisecondsIn(time: string): number | null {
  if (time.length !== LENGTH) return null;
  const within = withinDay(time);
  if (within === null) return null;
  const start = startOf(time.slice(0, DATE));
  return start === NO_DAY ? null : start + within;
}

/** The text of milliseconds since 1970. Throws RangeError outside the years 1970 to 9999. */
export function timeText(milliseconds: number): string {
  if (!(milliseconds >= 0 && milliseconds < END)) throw new RangeError(`${milliseconds} is no time of these millennia`);
  const within = milliseconds % DAY;
  return dateOf(milliseconds - within) + clock(within);
}

function startOf(date: string): number {
  const known = starts.get(date);
  if (known !== undefined) return known;
  const whole = Date.parse(`${date}00:00:00.000Z`);
  const isDay = whole >= 0 && whole < END && new Date(whole).toISOString().startsWith(date);
  const start = isDay ? whole : NO_DAY;
  if (starts.size >= MOST_DAYS) starts.clear();
  starts.set(date, start);
  return start;
}

function dateOf(start: number): string {
  const known = dates.get(start);
  if (known !== undefined) return known;
  const date = new Date(start).toISOString().slice(0, DATE);
  if (dates.size >= MOST_DAYS) dates.clear();
  dates.set(start, date);
  return date;
}

const [ZERO, COLON, POINT, Z] = [48, 58, 46, 90];

/** Milliseconds since midnight; null for a text that does not end with a clock's time. */
function withinDay(time: string): number | null {
  if (time.charCodeAt(13) !== COLON || time.charCodeAt(16) !== COLON) return null;
  if (time.charCodeAt(19) !== POINT || time.charCodeAt(23) !== Z) return null;
  const hour = pair(time, 11);
  const minute = pair(time, 14);
  const second = pair(time, 17);
  const thousandths = 10 * pair(time, 20) + digit(time, 22);
  const isClock = hour < 24 && minute < 60 && second < 60 && thousandths < 1_000;
  return isClock ? ((hour * 60 + minute) * 60 + second) * 1_000 + thousandths : null;
}

function pair(text: string, at: number): number {
  return 10 * digit(text, at) + digit(text, at + 1);
}

/** More than any other number that it could be a part of where no digit stands. */
function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - ZERO;
  return value >= 0 && value <= 9 ? value : 10_000;
}

/** `HH:MM:SS.mmmZ`, made of all its characters at once. */
function clock(within: number): string {
  const seconds = Math.floor(within / 1_000);
  const minutes = Math.floor(seconds / 60);
  const [hour, minute, second, rest] = [Math.floor(minutes / 60), minutes % 60, seconds % 60, within % 1_000];
  // biome-ignore format: the parts of a time
  return String.fromCharCode(
    tens(hour), ones(hour), COLON, tens(minute), ones(minute), COLON, tens(second), ones(second), POINT,
    ZERO + Math.floor(rest / 100), ZERO + Math.floor(rest / 10) % 10, ones(rest), Z,
  );
}

const tens = (number: number): number => ZERO + Math.floor(number / 10);
const ones = (number: number): number => ZERO + (number % 10);
