import type { Comment } from '../../../../libs/client/shapes.ts';
import type { ChangingThread } from '../parts/context.ts';
import { elementsOf } from '../parts/page-budget.ts';
import type { Arrivals } from './arrivals.ts';

/** The parent under which comments wait; `''` for the top. */
export type PillPlace = string;

/**
 * `waiting`: not shown yet, so that what is being read does not move. `folded`: not shown, since the page has no room
 * for more.
 */
type Held = 'waiting' | 'folded';

interface Judge {
  readonly isOwn: (arrival: Comment) => boolean;
  readonly wouldMove: (arrival: Comment) => boolean;
  /** Whether answers before this one are missing in its conversation. */
  readonly isAfterGap: (arrival: Comment, rootId: string) => boolean;
}

/**
 * The comments of a thread that are not shown. New ones wait below the nearest shown comment above them; those without
 * room on the page are folded into their conversation.
 */
export class HeldBack {
  readonly #held = new Map<string, Held>();
  readonly #known: Set<string>;
  /** The elements that the page may still get beyond its first ones. */
  readonly #room: number;

  constructor(shown: readonly Comment[], room = Number.POSITIVE_INFINITY) {
    this.#known = new Set(shown.map(({ id }) => id));
    this.#room = room + sizeOf(shown);
  }

  /** Decides for each new comment, and gives them in tree order. */
  take(comments: readonly Comment[], { isOwn, wouldMove, isAfterGap }: Judge): Arrivals {
    const all = comments.filter(({ id }) => !this.#known.has(id));
    const shown: string[] = [];
    const roots = all.length === 0 ? new Map<string, string>() : topLevelAbove(comments);
    let room = this.room(comments);
    for (const arrival of all) {
      this.#known.add(arrival.id);
      const above = arrival.parentId === null ? undefined : this.#held.get(arrival.parentId);
      const size = elementsOf(arrival);
      // Below a hidden comment nothing is shown.
      if (above === undefined && isOwn(arrival)) {
        room -= size;
        continue;
      }
      if (above === 'folded' || size > room || isAfterGap(arrival, roots.get(arrival.id) ?? '')) {
        this.#held.set(arrival.id, 'folded');
        continue;
      }
      room -= size;
      if (above === 'waiting' || wouldMove(arrival)) this.#held.set(arrival.id, 'waiting');
      else shown.push(arrival.id);
    }
    return { all, shown };
  }

  /** The elements that may still be added; waiting comments count as shown. */
  room(comments: readonly Comment[]): number {
    return this.#room - sizeOf(comments.filter(({ id }) => this.#known.has(id) && this.#held.get(id) !== 'folded'));
  }

  shown(comments: readonly Comment[]): readonly Comment[] {
    return comments.filter(({ id }) => !this.#held.has(id));
  }

  /** The number that wait in each place, without removed ones that only keep a place. */
  waiting(comments: readonly Comment[]): Readonly<Record<PillPlace, number>> {
    const counts: Record<PillPlace, number> = {};
    const places = new Map<string, PillPlace>();
    for (const { id, parentId, status } of comments) {
      if (this.#held.get(id) !== 'waiting') continue;
      const place = parentId === null ? '' : (places.get(parentId) ?? parentId);
      places.set(id, place);
      if (status === 'visible') counts[place] = (counts[place] ?? 0) + 1;
    }
    return counts;
  }

  /**
   * The rest that each conversation leaves out, with what the page itself left out; whole conversations are on later
   * pages.
   */
  folds(comments: readonly Comment[], ofPage: ChangingThread['folds']): Pick<ChangingThread, 'folds' | 'later'> {
    const folds = { ...ofPage };
    const roots = topLevelAbove(comments);
    let later = 0;
    for (const { id } of comments) {
      if (this.#held.get(id) !== 'folded') continue;
      const root = roots.get(id) ?? id;
      const known = folds[root];
      if (this.#held.has(root)) later += 1;
      else folds[root] = { href: known?.href ?? `/comments/${id}`, count: (known?.count ?? 0) + 1 };
    }
    return { folds, later };
  }

  /** Shows what waits in one place; gives the ids in tree order. */
  reveal(comments: readonly Comment[], place: PillPlace): readonly string[] {
    const revealed = new Set<string>();
    for (const { id, parentId } of comments) {
      const here = (parentId ?? '') === place || (parentId !== null && revealed.has(parentId));
      if (here && this.#held.get(id) === 'waiting') revealed.add(id);
    }
    for (const id of revealed) this.#held.delete(id);
    return [...revealed];
  }

  /** Hides comments that come because the reader asked for them: none of them is news. */
  foldAway(brought: readonly Comment[]): void {
    for (const { id } of brought.filter((one) => !this.#known.has(one.id))) {
      this.#known.add(id);
      this.#held.set(id, 'folded');
    }
  }

  /** Takes the answers of a conversation off the page. */
  fold(comments: readonly Comment[], rootId: string): void {
    const roots = topLevelAbove(comments);
    for (const { id, parentId } of comments)
      if (parentId !== null && roots.get(id) === rootId) this.#held.set(id, 'folded');
  }

  /** Shows as much of a folded conversation as there is room for; gives the ids in tree order. */
  unfold(comments: readonly Comment[], rootId: string): readonly string[] {
    const roots = topLevelAbove(comments);
    const revealed: string[] = [];
    let room = this.room(comments);
    for (const comment of comments) {
      const { id } = comment;
      if (roots.get(id) !== rootId || this.#held.get(id) !== 'folded') continue;
      room -= elementsOf(comment);
      if (room < 0) break;
      revealed.push(id);
    }
    for (const id of revealed) this.#held.delete(id);
    return revealed;
  }
}

function sizeOf(comments: readonly Comment[]): number {
  return comments.reduce((sum, comment) => sum + known(comment), 0);
}

const sizes = new WeakMap<Comment, number>();

function known(comment: Comment): number {
  const size = sizes.get(comment) ?? elementsOf(comment);
  sizes.set(comment, size);
  return size;
}

/** The top-level comment above each of these comments in tree order. */
export function topLevelAbove(comments: readonly Comment[]): ReadonlyMap<string, string> {
  const roots = new Map<string, string>();
  for (const { id, parentId } of comments) roots.set(id, parentId === null ? id : (roots.get(parentId) ?? id));
  return roots;
}
