import { offsetAt } from '../../../../libs/words/index.ts';

/** What a field of date and time has for a moment in milliseconds since 1970, by the clock of the zone (IANA). */
export function clockOf(at: number, zone: string): string {
  return new Date(at + offsetAt(zone, at) * 60_000).toISOString().slice(0, 19);
}
