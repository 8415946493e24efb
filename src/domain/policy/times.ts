export const SECOND = 1_000;
export const HOUR = 3_600 * SECOND;
export const DAY = 24 * HOUR;

/** RFC 3339, UTC, with milliseconds. */
export function before(now: string, milliseconds: number): string {
  return new Date(Date.parse(now) - milliseconds).toISOString();
}

/** Milliseconds. */
export function since(earlier: string, now: string): number {
  return Date.parse(now) - Date.parse(earlier);
}
