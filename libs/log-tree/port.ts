import type { Position } from '../kernel/index.ts';
import type { EventsAround, KeptLeaf } from './kept-tree.ts';

/** The tree over the log, as the serving thread sees it: kept beside the log, and grown by a thread of its own. */
export interface LogTree {
  /** Events in the tree. */
  size(): number;
  /** Why nothing can be proven, in words for an operator; null while all is well. */
  trouble(): string | null;
  /** Proves nothing from now on: what was signed before does not fit the tree. */
  doubt(reason: string): void;
  /**
   * Resolves with the size of a tree that holds every event up to the position. Throws DomainError: `not_caught_up` after two
   * seconds in vain, `tree_mismatch` when log and tree do not tell the same.
   */
  reached(position: Position): Promise<number>;
  /** Whether every event up to the position is in the tree now. */
  holds(position: Position): boolean;
  /** The index of the event at a position; undefined when the tree has none there. Throws DomainError `tree_mismatch`. */
  indexOf(position: Position): number | undefined;
  /**
   * The last event at or before a position, and the first at or after it: for a number that is no event's, such as a person
   * types. Proves nothing, and knows only what is in the tree.
   */
  around(position: Position): EventsAround;
  /** Throws DomainError `tree_mismatch` when what was kept of it is not in the tree, RangeError behind the end. */
  leaf(index: number): KeptLeaf;
  /** At most so many leaves from an index on. Throws as `leaf`. */
  leaves(from: number, count: number): readonly KeptLeaf[];
  /** Over the first so many leaves. Throws as `leaf`. */
  root(size: number): Uint8Array;
  /** The leaf's hash, and behind it the proof of it, its sibling first: 32 bytes each. Throws as `leaf`. */
  inclusion(index: number, size: number): Uint8Array;
  /** Throws as `leaf`. */
  consistency(from: number, to: number): readonly Uint8Array[];
  /** Hashes of one level of a tile, 32 bytes each. Throws as `leaf`. */
  tile(tile: { readonly level: number; readonly n: number; readonly width: number }): Uint8Array;
  close(): Promise<void>;
}

/** The injection token under which the tree is provided. */
export const LOG_TREE = Symbol('LogTree');
