import { LRUCache } from 'lru-cache';
import type { Position } from '../../libs/kernel/index.ts';
import type { Projected, Views } from '../../libs/projections/index.ts';
import { changedIn, type Shown } from './shown.ts';

/** An answer and the things that it shows. */
export interface Made<Value> {
  readonly value: Value;
  readonly shows: readonly Shown[];
}

interface UnderWay<Value> {
  readonly value: Promise<Value>;
  /** The changes since the answer was begun; null means everything. */
  changed: Set<Shown> | null;
}

/**
 * The position of an answer that is kept, read at `readAt`: nothing that it shows has changed since, so it is the same at
 * the position that the views have come to.
 */
export function positionNow(views: Pick<Views, 'position'>, readAt: Position): Position {
  const now = views.position();
  return now > readAt ? now : readAt;
}

interface Bounds<Value> {
  /** The limit of all kept answers, as `bytesOf` counts them. */
  readonly mostBytes: number;
  readonly bytesOf: (value: Value) => number;
}

/**
 * Answers that are the same for many, made once and kept until something that they show changes. A call after a change
 * never gets an answer from before it, whenever that answer was begun.
 */
export class UntilChanged<Value extends object> {
  readonly #kept: LRUCache<string, Made<Value>>;
  /** The keys of the answers that show a thing, so that a change costs no look at every answer. */
  readonly #keysOf = new Map<Shown, Set<string>>();
  readonly #underWay = new Map<string, UnderWay<Value>>();
  readonly #stop: () => void;
  #made = 0;

  constructor(views: Pick<Views, 'onProjected'>, { mostBytes, bytesOf }: Bounds<Value>) {
    this.#kept = new LRUCache({
      maxSize: mostBytes,
      sizeCalculation: ({ value, shows }) => bytesOf(value) + 100 * shows.length + 500,
      dispose: ({ shows }, key) => this.#unlist(key, shows),
    });
    this.#stop = views.onProjected((projected) => this.#hear(projected));
  }

  /** The number of answers made since the start, and the bytes of those that are kept. */
  get state(): { readonly made: number; readonly bytes: number } {
    return { made: this.#made, bytes: this.#kept.calculatedSize };
  }

  /** The kept answer of a key. */
  standing(key: string): Value | undefined {
    return this.#kept.get(key)?.value;
  }

  /**
   * Makes the answer. Calls made meanwhile wait for the same one, unless something has changed since it was begun. It is
   * kept unless told. Rejects like `make`.
   */
  make(key: string, make: () => Promise<Made<Value>>, { isKept = true } = {}): Promise<Value> {
    const running = this.#underWay.get(key);
    if (running?.changed?.size === 0) return running.value;
    this.#made += 1;
    const made = make();
    const underWay: UnderWay<Value> = { value: made.then(({ value }) => value), changed: new Set() };
    this.#underWay.set(key, underWay);
    const end = (one: Made<Value> | null): void => {
      if (this.#underWay.get(key) === underWay) this.#underWay.delete(key);
      const { changed } = underWay;
      if (isKept && one !== null && changed !== null && !one.shows.some((shown) => changed.has(shown)))
        this.#keep(key, one);
    };
    made.then(end, () => end(null));
    return underWay.value;
  }

  /** Forgets everything. */
  clear(): void {
    this.#kept.clear();
    for (const underWay of this.#underWay.values()) underWay.changed = null;
  }

  /** Stops listening for changes. */
  close(): void {
    this.#stop();
  }

  #keep(key: string, { value, shows }: Made<Value>): void {
    const once = new Set(shows);
    this.#kept.set(key, { value, shows: [...once] });
    if (!this.#kept.has(key)) return;
    for (const shown of once) this.#keysOf.set(shown, (this.#keysOf.get(shown) ?? new Set()).add(key));
  }

  #unlist(key: string, shows: readonly Shown[]): void {
    for (const shown of shows) {
      const keys = this.#keysOf.get(shown);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysOf.delete(shown);
    }
  }

  #hear(projected: readonly Projected[]): void {
    if (projected.some(({ renewed }) => renewed)) return this.clear();
    const changed = allChangedIn(projected);
    if (changed.size === 0) return;
    for (const shown of changed) for (const key of [...(this.#keysOf.get(shown) ?? [])]) this.#kept.delete(key);
    for (const underWay of this.#underWay.values()) for (const shown of changed) underWay.changed?.add(shown);
  }
}

const known = new WeakMap<readonly Projected[], ReadonlySet<Shown>>();

/** What a message tells is the same for all who keep something. */
function allChangedIn(projected: readonly Projected[]): ReadonlySet<Shown> {
  const changed = known.get(projected) ?? new Set(projected.flatMap(changedIn));
  known.set(projected, changed);
  return changed;
}
