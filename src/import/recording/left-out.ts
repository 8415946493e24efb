import type { ImportReason } from '../../../libs/words/index.ts';
import type { SourcePlace } from '../source/source.ts';

/** Of each reason, the first so many places are kept; of the reasons, so many have places. */
export const MOST_PLACES = 1_000;
const MOST_REASONS = 100;

/** Where something stands in the export that is not brought; of a page also its address. */
export interface LeftOutPlace extends SourcePlace {
  readonly address?: string;
}

/** How many of one reason are left out, and where the first of them stand. */
export interface LeftOut {
  readonly count: number;
  readonly places: readonly LeftOutPlace[];
}

/** Where what is left out stands, by reason. Plain data, since it goes to another thread. */
export interface LeftOutPlaces {
  readonly posts: Record<string, LeftOutPlace[]>;
  readonly comments: Record<string, LeftOutPlace[]>;
}

export function noPlaces(): LeftOutPlaces {
  return { posts: {}, comments: {} };
}

/** Adds places to those of a reason, as far as there is room. */
export function addPlaces(places: LeftOutPlaces['posts'], why: string, more: readonly LeftOutPlace[]): void {
  const there = Object.hasOwn(places, why) ? places[why] : undefined;
  if (there !== undefined) there.push(...more.slice(0, MOST_PLACES - there.length));
  else if (more.length > 0 && Object.keys(places).length < MOST_REASONS) places[why] = more.slice(0, MOST_PLACES);
}

/** Why comments of one thread are left out. */
export class LeftOutByReason {
  readonly #reasons = new Map<ImportReason, { count: number; readonly places: SourcePlace[] }>();

  add(why: ImportReason, { line, column }: SourcePlace): void {
    const there = this.#reasons.get(why) ?? { count: 0, places: [] };
    this.#reasons.set(why, there);
    there.count += 1;
    if (there.places.length < MOST_PLACES) there.places.push({ line, column });
  }

  [Symbol.iterator](): Iterator<readonly [ImportReason, LeftOut]> {
    return this.#reasons.entries();
  }
}
