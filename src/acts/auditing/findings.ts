import type { VerifiedView } from '../../../libs/client/index.ts';

/** Something is wrong, and the forum's keeper must look at it. */
export interface Finding {
  readonly kind: 'log' | 'view' | 'seals' | 'checkpoints' | 'tree';
  /**
   * The view's name, or `log` for the log, `seals` for parts that cannot be opened, `checkpoints` for the kept ones,
   * `tree` and `head` for the files beside the log that prove it.
   */
  readonly subject: string;
  /** One sentence, for an operator. */
  readonly what: string;
  /** When it was first found, RFC 3339. */
  readonly since: string;
  /** The time when a view or the tree was made anew, RFC 3339; null while it is served as it was found. */
  readonly mendedAt: string | null;
}

/**
 * Everything found wrong since the start, by the tree's thread, an auditor, or the comparison of views in the
 * background. Readiness, metrics and the pages of staff all read it here, so they tell the same.
 */
export class Findings {
  readonly #bySubject = new Map<string, Finding>();
  #seals = 0;

  /** A finding made again keeps the time of the first one. */
  found(kind: Finding['kind'], subject: string, what: string): void {
    const known = this.#bySubject.get(subject);
    const since = known?.mendedAt === null ? known.since : new Date().toISOString();
    this.#bySubject.set(subject, { kind, subject, what, since, mendedAt: null });
  }

  /** Another seal that cannot be read. All of them are one finding, which tells their number and the last one. */
  sealFound(what: string): void {
    this.#seals += 1;
    const count = this.#seals === 1 ? '1 sealed part' : `${this.#seals} sealed parts`;
    this.found('seals', 'seals', `${count} cannot be read; the last: ${what}`);
  }

  /** The result of comparing a view with the log: a difference becomes a finding, and equality ends it. */
  verified({ name, position, equal, difference }: VerifiedView): void {
    if (equal) {
      if (this.#bySubject.get(name)?.mendedAt === null) this.#bySubject.delete(name);
      return;
    }
    const where = difference === null ? '' : ` (in ${difference.table})`;
    this.found('view', name, `view ${name} is not what the log makes of it at position ${position}${where}`);
  }

  /**
   * A view or the tree was made anew. The finding stays on the pages, since a disk that changed one file may change
   * others.
   */
  mended(subject: string): void {
    const known = this.#bySubject.get(subject);
    if (known) this.#bySubject.set(subject, { ...known, mendedAt: new Date().toISOString() });
  }

  /** All findings, in the order in which they were first found. */
  all(): readonly Finding[] {
    return [...this.#bySubject.values()];
  }

  /** The findings that are not mended. */
  standing(): readonly Finding[] {
    return this.all().filter(({ mendedAt }) => mendedAt === null);
  }
}
