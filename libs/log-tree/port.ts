import type { Position } from '../kernel/index.ts';
import type { EventsAround, KeptLeaf } from './kept-tree.ts';

/** The tree over the log for the serving thread: kept beside the log, and grown by a thread of its own. */
export interface LogTree {
  /** Events in the tree. */
  size(): number;
  /** The reason why nothing can be proven, in words for an operator; null without a fault. */
  trouble(): string | null;
  /** Proves nothing from now on, since an earlier signature does not fit the tree. */
  doubt(reason: string): void;
  /** Tells that the log has events up to here: a tree that rests goes on. */
  follow(position: Position): void;
  /**
   * Resolves with the size of a tree that holds every event up to the position. Throws DomainError `not_caught_up`
   * after two seconds, and `tree_mismatch` when log and tree differ.
   */
  reached(position: Position): Promise<number>;
  /** Whether every event up to the position is in the tree now. */
  holds(position: Position): boolean;
  /** The index of the event at a position; undefined when the tree has none there. Throws DomainError `tree_mismatch`. */
  indexOf(position: Position): number | undefined;
  /**
   * The events around any number, such as one that a person types: the last one at or before it, and the first at or
   * after it. Proves nothing, and knows only the tree's events.
   */
  around(position: Position): EventsAround;
  /** Throws DomainError `tree_mismatch` when the kept leaf is not in the tree, RangeError behind the end. */
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
