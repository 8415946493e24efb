/** The last second of the years that the text of a time has four digits for. */
const END = 253_402_300_800_000;
const LENGTH = 24;
const SECOND = 'YYYY-MM-DDTHH:MM:SS.'.length;

/** The second of the last time, since the times of a log follow each other closely. */
let text = '1970-01-01T00:00:00.';
let start = 0;

/** Milliseconds since 1970 of a time as the forum writes it; null for another text, and before 1970. */
export function millisecondsIn(time: string): number | null {
  if (time.length !== LENGTH) return null;
  if (!time.startsWith(text)) {
    const whole = Date.parse(time);
    if (!(whole >= 0 && whole < END) || new Date(whole).toISOString() !== time) return null;
    keep(whole);
    return whole;
  }
  const rest = time.slice(SECOND);
  return /^\d{3}Z$/.test(rest) ? start + Number(rest.slice(0, 3)) : null;
}

/** The text of milliseconds since 1970. Throws RangeError outside the years 1970 to 9999. */
export function timeText(milliseconds: number): string {
  if (!(milliseconds >= 0 && milliseconds < END)) throw new RangeError(`${milliseconds} is no time of these millennia`);
  const within = milliseconds - start;
  if (within < 0 || within >= 1_000) keep(milliseconds);
  return `${text}${String(milliseconds - start).padStart(3, '0')}Z`;
}

function keep(milliseconds: number): void {
  start = milliseconds - (milliseconds % 1_000);
  text = new Date(start).toISOString().slice(0, SECOND);
}
