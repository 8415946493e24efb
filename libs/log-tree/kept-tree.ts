import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../kernel/index.ts';
import { fromBase64, HASH_BYTES, type HashReader, type HashText, TreeBuilder } from '../transparency/index.ts';
import { KeptHashes } from './kept-hashes.ts';
import { RecordFile } from './record-file.ts';
import { TREE_FILES } from './tree-files.ts';

export const POSITION_BYTES = 8;
export const LEAF_BYTES = POSITION_BYTES + HASH_BYTES;

/** An event in the tree: its place in the log, and the hash of its line. */
export interface KeptLeaf {
  readonly position: bigint;
  /** 32 bytes. */
  readonly entry: Uint8Array;
}

/** The last event at or before a position, and the first at or after it. */
export interface EventsAround {
  /** 0n when there is none. */
  readonly floor: bigint;
  readonly ceiling: bigint | undefined;
}

/** The size that was surely on disk when the head was written, and the root over it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Null without a readable head. */
export function readHead(dir: string): TreeHead | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(dir, TREE_FILES.head), 'utf8'));
    const { size, root } = isRecord(value) ? value : {};
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0 || typeof root !== 'string') return null;
    return { size, root: fromBase64(root, 'The root') };
  } catch {
    return null;
  }
}

/** True for an unreadable head: then the tree is made anew from the log. */
export function hasUnreadableHead(dir: string): boolean {
  return existsSync(join(dir, TREE_FILES.head)) && readHead(dir) === null;
}

/**
 * A tree's folder, opened for reading, for the server's proofs and for a verification of the log. The writer of the
 * tree tells how far it may be read.
 */
export class KeptTree {
  readonly #leaves: RecordFile;
  readonly #hashes: KeptHashes;

  /** Throws the system's error when the folder holds no tree. */
  constructor(dir: string) {
    this.#leaves = new RecordFile(join(dir, TREE_FILES.leaves), LEAF_BYTES);
    try {
      this.#hashes = new KeptHashes(dir, (index) => this.leaf(index).entry);
    } catch (error) {
      this.#leaves.close();
      throw error;
    }
  }

  /** Leaves whose own bytes and whose hashes are all there; a torn tail is not counted. */
  wholeSize(): number {
    return this.#hashes.wholeSize(this.#leaves.whole());
  }

  /** Throws NoRecord behind the end. */
  leaf(index: number): KeptLeaf {
    return leafIn(this.#leaves.at(index));
  }

  /** At most so many leaves from an index on; fewer at the end. */
  leaves(from: number, count: number): readonly KeptLeaf[] {
    return this.#leaves.range(from, count).map(leafIn);
  }

  /** The index of the event at a position, among the first `size` leaves; undefined when none stands there. */
  indexOf(position: bigint, size: number): number | undefined {
    // Without any gap, positions count from 1.
    const counted = Number(position) - 1;
    if (counted >= 0 && counted < size && this.leaf(counted).position === position) return counted;
    const first = this.firstFrom(position, size);
    return first < size && this.leaf(first).position === position ? first : undefined;
  }

  /** The index of the first event at or after a position, among the first `size` leaves; `size` when there is none. */
  firstFrom(position: bigint, size: number): number {
    let [low, high] = [0, size];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.leaf(middle).position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The events around a position, among the first `size` leaves. Throws NoRecord for a file that was cut. */
  around(position: bigint, size: number): EventsAround {
    const index = this.firstFrom(position, size);
    const ceiling = index < size ? this.leaf(index).position : undefined;
    if (ceiling === position) return { floor: position, ceiling };
    return { floor: index === 0 ? 0n : this.leaf(index - 1).position, ceiling };
  }

  /** Reads hashes by their stored index, or makes them of leaves. Throws NoRecord behind the end. */
  readonly read: HashReader = (indexes) => this.#hashes.read(indexes);

  /** The stored part of the hashes that a leaf adds to the row (`TreeBuilder.add`). */
  storedOf(added: HashText): HashText {
    return this.#hashes.storedOf(added);
  }

  /** The hashes that are stored of the leaves from an index to before another one; fewer at the end. */
  stored(from: number, to: number): Buffer {
    return this.#hashes.stored(from, to);
  }

  close(): void {
    this.#leaves.close();
    this.#hashes.close();
  }
}

/** The root of the tree in a folder over the first so many leaves; null when it has fewer, or cannot be read. */
export function keptRoot(dir: string, size: number): Uint8Array | null {
  let kept: KeptTree | undefined;
  try {
    if ((readHead(dir)?.size ?? -1) < size) return null;
    kept = new KeptTree(dir);
    return TreeBuilder.at(size, kept.read).root();
  } catch {
    return null;
  } finally {
    kept?.close();
  }
}

function leafIn(record: Buffer): KeptLeaf {
  return { position: record.readBigUInt64BE(0), entry: record.subarray(POSITION_BYTES) };
}
