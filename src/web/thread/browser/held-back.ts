import type { Comment } from '../../../../libs/client/shapes.ts';
import type { ChangingThread } from '../parts/context.ts';
import type { Sizing } from '../parts/page-budget.ts';
import { answersAmong } from '../parts/tree.ts';
import type { Arrivals } from './arrivals.ts';
import type { Left } from './thread-view.ts';

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
  readonly #sizeOf: Sizing;
  readonly #sizes = new WeakMap<Comment, number>();
  /** Elements that may still be added to the page, when all is shown that was on it first. */
  readonly #room: number;

  constructor(
    shown: readonly Comment[],
    { sizeOf, room = Number.POSITIVE_INFINITY }: { readonly sizeOf: Sizing; readonly room?: number },
  ) {
    this.#known = new Set(shown.map(({ id }) => id));
    this.#sizeOf = sizeOf;
    this.#room = room + this.#size(shown);
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
      const size = this.#size([arrival]);
      // Below one that is not shown nothing is.
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
    return this.#room - this.#size(comments.filter(({ id }) => this.#known.has(id) && this.#held.get(id) !== 'folded'));
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

  /** The part left out of each conversation, unread comments included; whole conversations are on later pages. */
  left(comments: readonly Comment[], unread: Left): Left & Pick<ChangingThread, 'later'> {
    const [folds, beyond] = [{ ...unread.folds }, { ...unread.beyond }];
    const roots = topLevelAbove(comments);
    let later = 0;
    for (const { id } of comments) {
      if (this.#held.get(id) !== 'folded') continue;
      const root = roots.get(id) ?? id;
      const known = folds[root];
      if (this.#held.has(root)) later += 1;
      else folds[root] = { href: known?.href ?? `/comments/${id}`, count: (known?.count ?? 0) + 1 };
    }
    const [all, drawn] = [
      answersAmong(comments),
      answersAmong(comments.filter(({ id }) => this.#held.get(id) !== 'folded')),
    ];
    for (const [id, count] of all) {
      const away = count - (drawn.get(id) ?? 0);
      if (away > 0) beyond[id] = (beyond[id] ?? 0) + away;
    }
    return { folds, beyond, later };
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

  /** The folded comments of a conversation, in tree order, up to a given comment; to its end unless told. */
  folded(comments: readonly Comment[], rootId: string, until?: string): readonly Comment[] {
    const roots = topLevelAbove(comments);
    const end = until === undefined ? -1 : comments.findIndex(({ id }) => id === until);
    const part = end === -1 ? comments : comments.slice(0, end + 1);
    return part.filter(({ id }) => roots.get(id) === rootId && this.#held.get(id) === 'folded');
  }

  /** Whether the page has room for all of these. */
  hasRoomFor(folded: readonly Comment[], comments: readonly Comment[]): boolean {
    return this.#size(folded) <= this.room(comments);
  }

  /** Shows these. */
  unfold(folded: readonly Comment[]): void {
    for (const { id } of folded) this.#held.delete(id);
  }

  #size(comments: readonly Comment[]): number {
    return comments.reduce((sum, comment) => {
      const size = this.#sizes.get(comment) ?? this.#sizeOf(comment);
      this.#sizes.set(comment, size);
      return sum + size;
    }, 0);
  }
}

/** The top-level comment above each of these comments in tree order. */
export function topLevelAbove(comments: readonly Comment[]): ReadonlyMap<string, string> {
  const roots = new Map<string, string>();
  for (const { id, parentId } of comments) roots.set(id, parentId === null ? id : (roots.get(parentId) ?? id));
  return roots;
}
