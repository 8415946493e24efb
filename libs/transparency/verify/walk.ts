import type { Tree } from '../checks.ts';
import type { KnownEvent } from './change.ts';
import { type KnownCopy, placesIn } from './copies.ts';
import { lineEnds, type Pieces } from './line-file.ts';
import { RootBuilder } from './root-builder.ts';

/** How far a verification has come. */
export interface VerifyProgress {
  readonly events: number;
  readonly bytes: number;
}

export interface WalkOptions {
  /** The sizes at which the root is wanted, besides the end's. */
  readonly sizes: readonly number[];
  readonly copies: readonly KnownCopy[];
  /** Sees each piece too. */
  readonly alsoTake?: ((piece: Buffer) => void) | undefined;
  readonly onProgress?: ((progress: VerifyProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Walked {
  readonly end: Tree;
  /** By size, as far as the lines went. */
  readonly roots: ReadonlyMap<number, Uint8Array>;
  readonly bytes: number;
  readonly compared: readonly ComparedCopy[];
}

/** How a copy stands to the lines. */
export interface ComparedCopy {
  readonly copy: KnownCopy;
  /** The index of the first event that is another there; null when all are the same as far as both go. */
  readonly difference: number | null;
  /** True when the copy has events after the last line. */
  readonly goesOn: boolean;
  /** The first of the same events that stands at another position there; null when none does. */
  readonly displaced: Displaced | null;
}

/** An event that a copy has at another position than its own. */
export interface Displaced {
  /** From 0. */
  readonly index: number;
  /** The value in the event's line. */
  readonly own: string;
  /** The value in the copy. */
  readonly there: string;
  /** How many such events there are. */
  readonly count: number;
}

/** Hashes line after line into the tree, and finds where a copy differs. */
export async function walk(
  pieces: Pieces,
  { sizes, copies, alsoTake, onProgress, signal }: WalkOptions,
): Promise<Walked> {
  const tree = new RootBuilder();
  const wanted = new Set(sizes);
  const roots = new Map<number, Uint8Array>();
  const comparisons = copies.map((copy) => new Comparison(copy));
  const arePlacesCompared = copies.some(({ placesApart }) => placesApart === true);
  let bytes = 0;
  if (wanted.has(0)) roots.set(0, tree.root());
  for await (const piece of pieces) {
    const entries: string[] = [];
    for (const { from, end } of lineEnds(piece)) {
      entries.push(tree.add(piece.subarray(from, end)));
      if (wanted.has(tree.size)) roots.set(tree.size, tree.root());
    }
    alsoTake?.(piece);
    const places = arePlacesCompared ? placesIn(piece) : [];
    for (const comparison of comparisons) await comparison.take(entries, places);
    bytes += piece.length;
    onProgress?.({ events: tree.size, bytes });
    signal?.throwIfAborted();
  }
  const compared: ComparedCopy[] = [];
  for (const comparison of comparisons) compared.push(await comparison.end());
  return { end: { size: tree.size, root: tree.root() }, roots, bytes, compared };
}

/** A copy that is read in step with the lines, until the first difference. */
class Comparison {
  readonly #copy: KnownCopy;
  readonly #groups: AsyncIterator<readonly KnownEvent[]>;
  #group: readonly KnownEvent[] = [];
  #at = 0;
  #index = 0;
  #isOver = false;
  #difference: number | null = null;
  #displaced: Displaced | null = null;

  constructor(copy: KnownCopy) {
    this.#copy = copy;
    this.#groups = copy.events()[Symbol.asyncIterator]();
  }

  async take(entries: readonly string[], places: readonly (string | null)[]): Promise<void> {
    for (const [at, entry] of entries.entries()) {
      if (this.#difference !== null) return;
      if (this.#at === this.#group.length) await this.#more();
      if (this.#isOver) return;
      const known = this.#group[this.#at];
      if (known?.entry !== entry) this.#difference = this.#index;
      else if (this.#copy.placesApart === true) this.#place(known, places[at] ?? null);
      this.#at += 1;
      this.#index += 1;
    }
  }

  async end(): Promise<ComparedCopy> {
    if (this.#difference === null && this.#at === this.#group.length) await this.#more();
    const goesOn = this.#difference === null && !this.#isOver;
    await this.#groups.return?.();
    return { copy: this.#copy, difference: this.#difference, goesOn, displaced: this.#displaced };
  }

  #place({ position: there }: KnownEvent, own: string | null): void {
    if (own === null || own === there) return;
    const first = this.#displaced ?? { index: this.#index, own, there, count: 0 };
    this.#displaced = { ...first, count: first.count + 1 };
  }

  async #more(): Promise<void> {
    if (this.#isOver) return;
    do {
      const { done, value } = await this.#groups.next();
      this.#isOver = done === true;
      this.#group = done === true ? [] : value;
      this.#at = 0;
    } while (!this.#isOver && this.#group.length === 0);
  }
}
