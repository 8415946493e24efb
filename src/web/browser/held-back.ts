import type { Comment } from '../../../libs/client/shapes.ts';

/** Of whom a comment is an answer; `''` for the top. */
export type PillPlace = string;

/**
 * Which comments of a thread are not shown yet, so that what is being read does not move. They wait where they belong:
 * below the nearest comment above them that is shown.
 */
export class HeldBack {
  readonly #held = new Set<string>();
  readonly #known: Set<string>;

  constructor(shown: readonly Comment[]) {
    this.#known = new Set(shown.map(({ id }) => id));
  }

  /** Decides for each comment that was not there before, and gives those in tree order. */
  take(comments: readonly Comment[], holds: (arrival: Comment) => boolean): readonly Comment[] {
    const arrivals = comments.filter(({ id }) => !this.#known.has(id));
    for (const arrival of arrivals) {
      this.#known.add(arrival.id);
      // Below a held comment it waits with it.
      const waitsAnyway = arrival.parentId !== null && this.#held.has(arrival.parentId);
      if (waitsAnyway || holds(arrival)) this.#held.add(arrival.id);
    }
    return arrivals;
  }

  shown(comments: readonly Comment[]): readonly Comment[] {
    return comments.filter(({ id }) => !this.#held.has(id));
  }

  /** How many wait in each place; removed ones that only keep a place are not counted. */
  waiting(comments: readonly Comment[]): Readonly<Record<PillPlace, number>> {
    const counts: Record<PillPlace, number> = {};
    const places = new Map<string, PillPlace>();
    for (const { id, parentId, status } of comments) {
      if (!this.#held.has(id)) continue;
      const place = parentId === null ? '' : (places.get(parentId) ?? parentId);
      places.set(id, place);
      if (status === 'visible') counts[place] = (counts[place] ?? 0) + 1;
    }
    return counts;
  }

  /** Lets go of what waits in one place; gives the ids in tree order. */
  reveal(comments: readonly Comment[], place: PillPlace): readonly string[] {
    const revealed = new Set<string>();
    for (const { id, parentId } of comments) {
      const here = (parentId ?? '') === place || (parentId !== null && revealed.has(parentId));
      if (here && this.#held.has(id)) revealed.add(id);
    }
    for (const id of revealed) this.#held.delete(id);
    return [...revealed];
  }
}
