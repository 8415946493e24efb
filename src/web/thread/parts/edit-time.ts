const MINUTE_MS = 60_000;

/**
 * Begun minutes in which a comment can still be edited; 0 when they are over. A page tells its time by
 * the minute, so a comment may seem newer than it.
 */
export function minutesToEdit(createdAt: string, windowMinutes: number, now: number): number {
  const left = Math.ceil((Date.parse(createdAt) + windowMinutes * MINUTE_MS - now) / MINUTE_MS);
  return Math.min(windowMinutes, Math.max(0, left));
}
