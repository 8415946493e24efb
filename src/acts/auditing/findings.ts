import type { VerifiedView } from '../../../libs/client/index.ts';

/** Something is not what it should be, and the forum's keeper must look at it. */
export interface Finding {
  readonly kind: 'log' | 'view' | 'seals' | 'checkpoints' | 'tree';
  /** The view's name; `log` for the log, `seals` for all that cannot be opened, `checkpoints` for those kept; `tree` and `head` for what is kept beside the log to prove it by. */
  readonly subject: string;
  /** One sentence, for an operator. */
  readonly what: string;
  /** When it was first found, RFC 3339. */
  readonly since: string;
  /** When a view or the tree was made anew, RFC 3339; null while it is served as it was found. */
  readonly mendedAt: string | null;
}

/**
 * What was found wrong since the start, by whoever looked: the tree's thread, an auditor, or the comparison of views in the background.
 * Readiness, metrics and the pages of staff tell the same of it, since all read it here.
 */
export class Findings {
  readonly #bySubject = new Map<string, Finding>();
  #seals = 0;

  /** What is found again keeps the time of the first finding. */
  found(kind: Finding['kind'], subject: string, what: string): void {
    const known = this.#bySubject.get(subject);
    const since = known?.mendedAt === null ? known.since : new Date().toISOString();
    this.#bySubject.set(subject, { kind, subject, what, since, mendedAt: null });
  }

  /** One more seal that cannot be read: all of them are one finding, which tells how many there are and of the last one. */
  sealFound(what: string): void {
    this.#seals += 1;
    const count = this.#seals === 1 ? '1 sealed part' : `${this.#seals} sealed parts`;
    this.found('seals', 'seals', `${count} cannot be read; the last: ${what}`);
  }

  /** A view that was compared with the log: one that differs is found, one that does not is found no more. */
  verified({ name, position, equal, difference }: VerifiedView): void {
    if (equal) {
      if (this.#bySubject.get(name)?.mendedAt === null) this.#bySubject.delete(name);
      return;
    }
    const where = difference === null ? '' : ` (in ${difference.table})`;
    this.found('view', name, `view ${name} is not what the log makes of it at position ${position}${where}`);
  }

  /** A view, or the tree, was made anew. It stays on the pages, since a disk that has changed one file may change others. */
  mended(subject: string): void {
    const known = this.#bySubject.get(subject);
    if (known) this.#bySubject.set(subject, { ...known, mendedAt: new Date().toISOString() });
  }

  /** In the order in which they were first found. */
  all(): readonly Finding[] {
    return [...this.#bySubject.values()];
  }

  /** Those that are not mended. */
  standing(): readonly Finding[] {
    return this.all().filter(({ mendedAt }) => mendedAt === null);
  }
}
