import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64, HASH_BYTES, type HashReader, storedHashCount } from '../transparency/index.ts';

/** The files of a tree's folder. */
export const TREE_FILES = {
  /** What is surely on disk, as JSON: `{format, size, root}`. */
  head: 'head.json',
  /** 40 bytes an event, by index: its position (unsigned, big-endian), then its entry. */
  leaves: 'leaves',
  /** 32 bytes a hash, in the order of `storedHashIndex`. */
  hashes: 'hashes',
  /** Signed checkpoints, oldest first, as NDJSON: `{at, note}`. */
  checkpoints: 'checkpoints',
} as const;

export const POSITION_BYTES = 8;
export const LEAF_BYTES = POSITION_BYTES + HASH_BYTES;
/** Hashes that lie at most so many bytes apart are read at once. */
const ONE_READ = 32_768;

/** An event in the tree: its place in the log, and the hash of its line. */
export interface KeptLeaf {
  readonly position: bigint;
  /** 32 bytes. */
  readonly entry: Uint8Array;
}

/** How much of a tree was surely on disk when its head was written, and the root over that. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/** Null when there is none, or when what stands there is no head. */
export function readHead(dir: string): TreeHead | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(dir, TREE_FILES.head), 'utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const [size, root]: unknown[] = [Reflect.get(value, 'size'), Reflect.get(value, 'root')];
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0 || typeof root !== 'string') return null;
    return { size, root: fromBase64(root, 'The root') };
  } catch {
    return null;
  }
}

/**
 * A tree's folder, opened for reading: what the server proves from, and what a verification compares the log with.
 * Whoever writes the tree meanwhile tells how far it may be read.
 */
export class KeptTree {
  readonly #leaves: number;
  readonly #hashes: number;

  /** Throws the system's error when the folder holds no tree. */
  constructor(dir: string) {
    this.#leaves = openSync(join(dir, TREE_FILES.leaves), 'r');
    try {
      this.#hashes = openSync(join(dir, TREE_FILES.hashes), 'r');
    } catch (error) {
      closeSync(this.#leaves);
      throw error;
    }
  }

  /** Leaves whose own bytes and whose hashes are all there; a torn tail is not counted. */
  wholeSize(): number {
    const hashes = Math.floor(fstatSync(this.#hashes).size / HASH_BYTES);
    let size = Math.min(Math.floor(fstatSync(this.#leaves).size / LEAF_BYTES), hashes);
    while (storedHashCount(size) > hashes) size -= 1;
    return size;
  }

  /** Throws RangeError behind the end. */
  leaf(index: number): KeptLeaf {
    const [leaf] = this.leaves(index, 1);
    if (leaf === undefined) throw new RangeError(`the tree has no leaf ${index}`);
    return leaf;
  }

  /** At most so many leaves from an index on; fewer at the end. */
  leaves(from: number, count: number): readonly KeptLeaf[] {
    const bytes = readAt(this.#leaves, from * LEAF_BYTES, count * LEAF_BYTES);
    return Array.from({ length: Math.floor(bytes.length / LEAF_BYTES) }, (_, at) => {
      const start = at * LEAF_BYTES;
      const entry = bytes.subarray(start + POSITION_BYTES, start + LEAF_BYTES);
      return { position: bytes.readBigUInt64BE(start), entry };
    });
  }

  /** The index of the event at a position, among the first `size` leaves; undefined when none stands there. */
  indexOf(position: bigint, size: number): number | undefined {
    let [low, high] = [0, size];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#positionAt(middle) < position) low = middle + 1;
      else high = middle;
    }
    return low < size && this.#positionAt(low) === position ? low : undefined;
  }

  /** Reads stored hashes. Throws RangeError behind the end. */
  readonly read: HashReader = (indexes) => {
    const [first, last] = [Math.min(...indexes), Math.max(...indexes)];
    if ((last - first) * HASH_BYTES >= ONE_READ) return indexes.map((index) => this.#hash(index));
    const bytes = readAt(this.#hashes, first * HASH_BYTES, (last - first + 1) * HASH_BYTES);
    return indexes.map((index) => hashIn(bytes, index - first));
  };

  close(): void {
    closeSync(this.#leaves);
    closeSync(this.#hashes);
  }

  #positionAt(index: number): bigint {
    return readAt(this.#leaves, index * LEAF_BYTES, POSITION_BYTES).readBigUInt64BE(0);
  }

  #hash(index: number): Uint8Array {
    return hashIn(readAt(this.#hashes, index * HASH_BYTES, HASH_BYTES), 0);
  }
}

function hashIn(bytes: Buffer, at: number): Uint8Array {
  const hash = bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
  if (hash.length !== HASH_BYTES) throw new RangeError('the tree has no such hash');
  return hash;
}

/** So many bytes from a place in a file; fewer at its end. */
function readAt(file: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let got = 0;
  while (got < length) {
    const read = readSync(file, bytes, got, length - got, from + got);
    if (read === 0) break;
    got += read;
  }
  return bytes.subarray(0, got);
}
