import { offsetAt, zoneNames } from '../../../libs/words/index.ts';
import { offsetName } from './i18n/moments.ts';
import type { MessageKey } from './i18n/translate.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The part of a name before its first slash, and the words for it. */
const REGIONS: readonly (readonly [region: string, words: MessageKey])[] = [
  ['Africa', 'zone.africa'],
  ['America', 'zone.america'],
  ['Antarctica', 'zone.antarctica'],
  ['Asia', 'zone.asia'],
  ['Atlantic', 'zone.atlantic'],
  ['Australia', 'zone.australia'],
  ['Europe', 'zone.europe'],
  ['Indian', 'zone.indian'],
  ['Pacific', 'zone.pacific'],
];

interface Zone {
  /** Its name (IANA). */
  readonly name: string;
  readonly label: string;
}

interface Region {
  readonly words: MessageKey;
  readonly zones: readonly Zone[];
}

/** The place that a zone is named after, and how far it leads UTC at a moment: `Ho Chi Minh, UTC+7`. */
export function zoneLabel(name: string, now: number): string {
  if (name === 'UTC') return name;
  const place = name.slice(name.indexOf('/') + 1).replaceAll('_', ' ');
  return `${place}, ${offsetName(offsetAt(name, now))}`;
}

/** The time of the day that a clock of the zone shows: `14:05`. */
export function timeOfDay(name: string, now: number): string {
  return new Date(now + offsetAt(name, now) * MINUTE_MS).toISOString().slice(11, 16);
}

function regionsAt(now: number): readonly Region[] {
  const regionOf = (name: string): string => (name.startsWith('Arctic/') ? 'Europe' : (name.split('/')[0] ?? ''));
  const found = Map.groupBy(zoneNames(), regionOf);
  return REGIONS.map(([region, words]) => ({
    words,
    zones: (found.get(region) ?? []).map((name) => ({ name, label: zoneLabel(name, now) })),
  }));
}

/** Made once an hour: the offsets of all zones take some 40 ms. */
let listed: { readonly hour: number; readonly regions: readonly Region[] } | undefined;

/** All zones, by regions, with the offsets of the hour. */
export function zonesByRegion(now: number): readonly Region[] {
  const hour = Math.floor(now / HOUR_MS);
  if (listed?.hour !== hour) listed = { hour, regions: regionsAt(now) };
  return listed.regions;
}
