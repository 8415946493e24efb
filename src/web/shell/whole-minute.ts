const MINUTE = 60_000;

/** The beginning of a moment's minute, in milliseconds since 1970. */
export function wholeMinute(now: number): number {
  return now - (now % MINUTE);
}
