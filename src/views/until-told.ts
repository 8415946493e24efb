import { LRUCache } from 'lru-cache';
import { growingTo } from '../../libs/kernel/index.ts';
import type { Projected, Views } from '../../libs/projections/index.ts';

interface Telling {
  /** Those that were asked for last are kept. */
  readonly most: number;
  /** Of whom a commit may have changed what is kept. */
  readonly toldOf: (projected: readonly Projected[]) => readonly string[];
}

/**
 * What was read of members at one stretch, kept until a view tells that something of the member has changed. Nothing is kept that was opened:
 * an erasure need not look here.
 */
export class UntilTold<Value> {
  readonly #kept: LRUCache<string, { readonly value: Value }>;
  readonly #stop: () => void;

  constructor(views: Pick<Views, 'onProjected'>, { most, toldOf }: Telling) {
    this.#kept = new LRUCache(growingTo(most));
    this.#stop = views.onProjected((projected) => {
      if (projected.some(({ renewed }) => renewed)) this.#kept.clear();
      for (const memberId of toldOf(projected)) this.#kept.delete(memberId);
    });
  }

  of(memberId: string, read: () => Value): Value {
    const known = this.#kept.get(memberId);
    if (known !== undefined) return known.value;
    const value = read();
    this.#kept.set(memberId, { value });
    return value;
  }

  /** Forgets all of them. */
  clear(): void {
    this.#kept.clear();
  }

  /** Stops listening. */
  close(): void {
    this.#stop();
  }
}
