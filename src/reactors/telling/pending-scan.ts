import type { PendingPlace, TellingWork } from '../../views/notifications/notifications.query-types.ts';

/** What is told otherwise than by those who wait, such as another time zone of the forum, counts after this long. */
const LOOKED_AGAIN_MS = 3_600_000;

/**
 * How far those who wait for a mail have been looked at. Each is looked at once, and again when the first of them is due;
 * those behind somebody whose mail was due are looked at until none is, since such a mail may not have been recorded.
 */
export class PendingScan {
  #begunAt: number;
  #place: PendingPlace | null = null;
  #nextAt: number | null = null;
  /** The place before the first part in which a mail was due. */
  #again: { readonly from: PendingPlace | null } | null = null;

  constructor(now: number) {
    this.#begunAt = now;
  }

  get place(): PendingPlace | null {
    return this.#place;
  }

  /** When the first of those who were looked at is due; null for none. */
  get nextAt(): number | null {
    return this.#nextAt;
  }

  /** Whether all are to be looked at again: somebody is due, or the clock was set back. */
  isOver(now: number): boolean {
    const isOld = now < this.#begunAt || now >= this.#begunAt + LOOKED_AGAIN_MS;
    return isOld || (this.#nextAt !== null && now >= this.#nextAt);
  }

  /** Takes a look at the part after `place`. Gives whether there is another one to be had now. */
  take({ due, nextAt, last, more }: Pick<TellingWork, 'due' | 'nextAt' | 'last' | 'more'>): boolean {
    if (due.length > 0) this.#again ??= { from: this.#place };
    if (nextAt !== null && (this.#nextAt === null || nextAt < this.#nextAt)) this.#nextAt = nextAt;
    this.#place = last;
    if (more) return true;
    if (this.#again === null) return false;
    this.#place = this.#again.from;
    this.#again = null;
    return true;
  }
}
