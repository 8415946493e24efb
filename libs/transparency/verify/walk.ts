import type { Tree } from '../checks.ts';
import type { KnownEvent } from './change.ts';
import { type KnownCopy } from './copies.ts';
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
  readonly compared: readonly Compared[];
}

/** How a copy stands to the lines. */
export interface Compared {
  readonly copy: KnownCopy;
  /** The index of the first event that is another there; null when all are the same as far as both go. */
  readonly difference: number | null;
  /** True when the copy has events after the last line. */
  readonly goesOn: boolean;
}

/** Hashes line after line into the tree, and looks where a copy tells otherwise. */
export async function walk(
  pieces: Pieces,
  { sizes, copies, alsoTake, onProgress, signal }: WalkOptions,
): Promise<Walked> {
  const tree = new RootBuilder();
  const wanted = new Set(sizes);
  const roots = new Map<number, Uint8Array>();
  const comparisons = copies.map((copy) => new Comparison(copy));
  let bytes = 0;
  if (wanted.has(0)) roots.set(0, tree.root());
  for await (const piece of pieces) {
    const entries: string[] = [];
    for (const { from, end } of lineEnds(piece)) {
      entries.push(tree.add(piece.subarray(from, end)));
      if (wanted.has(tree.size)) roots.set(tree.size, tree.root());
    }
    alsoTake?.(piece);
    for (const comparison of comparisons) await comparison.take(entries);
    bytes += piece.length;
    onProgress?.({ events: tree.size, bytes });
    signal?.throwIfAborted();
  }
  const compared: Compared[] = [];
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

  constructor(copy: KnownCopy) {
    this.#copy = copy;
    this.#groups = copy.events()[Symbol.asyncIterator]();
  }

  async take(entries: readonly string[]): Promise<void> {
    for (const entry of entries) {
      if (this.#difference !== null) return;
      if (this.#at === this.#group.length) await this.#more();
      if (this.#isOver) return;
      if (this.#group[this.#at]?.entry !== entry) this.#difference = this.#index;
      this.#at += 1;
      this.#index += 1;
    }
  }

  async end(): Promise<Compared> {
    if (this.#difference === null && this.#at === this.#group.length) await this.#more();
    const goesOn = this.#difference === null && !this.#isOver;
    await this.#groups.return?.();
    return { copy: this.#copy, difference: this.#difference, goesOn };
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
