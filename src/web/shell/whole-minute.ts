const MINUTE = 60_000;

/** The beginning of the minute of a moment, in milliseconds since 1970. */
export function wholeMinute(now: number): number {
  return now - (now % MINUTE);
}
