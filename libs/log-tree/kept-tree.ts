import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { isRecord } from '../kernel/index.ts';
import { fromBase64, HASH_BYTES, type HashReader, storedHashCount, TreeBuilder } from '../transparency/index.ts';

/** The files of a tree's folder. */
export const TREE_FILES = {
  /** The part that is surely on disk, as JSON: `{format, size, root}`. */
  head: 'head.json',
  /** 40 bytes an event, by index: its position (unsigned, big-endian), then its entry. */
  leaves: 'leaves',
  /** 32 bytes a hash, in the order of `storedHashIndex`. */
  hashes: 'hashes',
  /** Signed checkpoints, oldest first, as NDJSON: `{at, note}`. */
  checkpoints: 'checkpoints',
  /** The leaf that an unfinished comparison has reached, as decimal digits. */
  compared: 'compared',
} as const;

export const POSITION_BYTES = 8;
export const LEAF_BYTES = POSITION_BYTES + HASH_BYTES;
/** Hashes and leaves are read in pages of this size; full pages never change and are kept: about 2 MiB of each file. */
const PAGE = 128;
const PAGES_KEPT = 512;

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
  readonly #leaves: Records;
  readonly #hashes: Records;

  /** Throws the system's error when the folder holds no tree. */
  constructor(dir: string) {
    this.#leaves = new Records(join(dir, TREE_FILES.leaves), LEAF_BYTES);
    try {
      this.#hashes = new Records(join(dir, TREE_FILES.hashes), HASH_BYTES);
    } catch (error) {
      this.#leaves.close();
      throw error;
    }
  }

  /** Leaves whose own bytes and whose hashes are all there; a torn tail is not counted. */
  wholeSize(): number {
    const hashes = this.#hashes.whole();
    let size = Math.min(this.#leaves.whole(), hashes);
    while (storedHashCount(size) > hashes) size -= 1;
    return size;
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

  /** Reads stored hashes. Throws NoRecord behind the end. */
  readonly read: HashReader = (indexes) => indexes.map((index) => this.#hashes.at(index));

  /** So many stored hashes from an index on, one after the other; fewer at the end. */
  hashes(from: number, count: number): Buffer {
    return Buffer.concat(this.#hashes.range(from, count));
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

/** The error for a record that a file of the tree does not have. */
export class NoRecord extends RangeError {
  override readonly name = 'NoRecord';

  constructor(index: number) {
    super(`there is no record ${index}`);
  }
}

function leafIn(record: Buffer): KeptLeaf {
  return { position: record.readBigUInt64BE(0), entry: record.subarray(POSITION_BYTES) };
}

/** A file of records of one length, which only grows. */
class Records {
  readonly #file: number;
  readonly #bytes: number;
  readonly #pages = new LRUCache<number, Buffer>({ max: PAGES_KEPT });

  constructor(file: string, bytes: number) {
    this.#file = openSync(file, 'r');
    this.#bytes = bytes;
  }

  whole(): number {
    return Math.floor(fstatSync(this.#file).size / this.#bytes);
  }

  /** Throws NoRecord behind the end. */
  at(index: number): Buffer {
    const start = (index % PAGE) * this.#bytes;
    const record = this.#page(Math.floor(index / PAGE)).subarray(start, start + this.#bytes);
    if (record.length !== this.#bytes) throw new NoRecord(index);
    return record;
  }

  /** At most so many; fewer at the end. */
  range(from: number, count: number): readonly Buffer[] {
    const bytes = readAt(this.#file, from * this.#bytes, count * this.#bytes);
    return Array.from({ length: Math.floor(bytes.length / this.#bytes) }, (_, at) =>
      bytes.subarray(at * this.#bytes, (at + 1) * this.#bytes),
    );
  }

  close(): void {
    closeSync(this.#file);
  }

  #page(n: number): Buffer {
    const known = this.#pages.get(n);
    if (known !== undefined) return known;
    const length = PAGE * this.#bytes;
    const page = readAt(this.#file, n * length, length);
    if (page.length === length) this.#pages.set(n, page);
    return page;
  }
}

/** So many bytes from a place in a file; fewer at its end. Not of the shared pool, since pages are kept. */
function readAt(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let got = 0;
  while (got < length) {
    const read = readSync(file, bytes, got, length - got, from + got);
    if (read === 0) break;
    got += read;
  }
  return bytes.subarray(0, got);
}
