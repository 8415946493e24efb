import { LRUCache } from 'lru-cache';
import {
  HASH_BYTES,
  type HashReader,
  type HashText,
  half,
  hashesIn,
  isNodeOver,
  placeOfStoredHash,
  storedHashIndex,
} from '../transparency/index.ts';

/** Levels of the tree in one block. */
const BLOCK_LEVELS = 5;
/** The kept blocks of 2 KiB each: 16 MiB, which hold the upper levels of every tree and the lower parts in use. */
const BLOCKS_KEPT = 8_192;
/** More than there are blocks from a leaf up to the root of the largest tree. */
const BLOCKS_HIGH = 16;

/** The error for hashes that differ from those that the node above was made of. */
export class AlteredHashes extends Error {
  override readonly name = 'AlteredHashes';

  /** The events below them: `count` of them from an index on. */
  constructor(index: number, count: number) {
    super(
      `what is kept of ${count === 1 ? `event ${index + 1}` : `events ${index + 1} to ${index + count}`} is not what was signed`,
    );
  }
}

/**
 * The hashes of a tree's complete subtrees, from a file that anybody may have changed. Two siblings are given only when
 * the node above is made of them; that node only when the one above it is; and so on up to the tree's peaks, which do
 * not come from the file. The hash of a complete subtree never changes: a checked one is kept, in 16 MiB, and not
 * checked again.
 */
export class CheckedHashes {
  readonly #file: HashReader;
  readonly #blocks: LRUCache<number, Block>;
  /** The block asked for last, since a way up asks for each several times. */
  #latest = new Block();
  #latestKey = -1;
  #size = 0;
  #peaks: readonly Uint8Array[] = [];

  /** `most` is the number of kept blocks, of 31 pairs each. */
  constructor(file: HashReader, most = BLOCKS_KEPT) {
    this.#file = file;
    this.#blocks = new LRUCache({ max: most });
  }

  /** From now on the tree has so many leaves and these peaks (`TreeBuilder.peaks`), and its beginning is unchanged. */
  trust(size: number, peaks: HashText): void {
    this.#size = size;
    this.#peaks = hashesIn(peaks);
  }

  /**
   * The hash over the n-th complete subtree of a level (0: leaves), 32 bytes, for reading only. Throws AlteredHashes,
   * RangeError for a hash outside the tree, and reading errors.
   */
  hash(level: number, n: number): Uint8Array {
    if (!this.#isComplete(level, n)) throw new RangeError(`the tree has no complete subtree ${n} of level ${level}`);
    if (!this.#isComplete(level + 1, half(n))) return this.#peak(level);
    return this.#checked(level, half(n)).hash(pairOf(level, half(n)), n % 2);
  }

  /**
   * Writes a leaf's hash, and those beside its way up to a level, to the beginning of a target: 32 bytes each. Throws
   * like `hash`.
   */
  writeWay(index: number, top: number, target: Uint8Array): void {
    target.set(this.hash(0, index));
    let [n, place] = [index, HASH_BYTES];
    for (let level = 0; level < top; level += 1) {
      const parent = half(n);
      this.#checked(level, parent).copy(pairOf(level, parent), 1 - (n % 2), target, place);
      n = parent;
      place += HASH_BYTES;
    }
  }

  /** The same hashes by their stored indexes. Throws as `hash`. */
  readonly read: HashReader = (indexes) =>
    indexes.map((index) => {
      const { level, n } = placeOfStoredHash(index);
      return this.hash(level, n);
    });

  /** The block that holds the checked pair below a node. */
  #checked(level: number, parent: number): Block {
    const block = this.#blockOf(level, parent);
    const pair = pairOf(level, parent);
    if (!block.has(pair)) block.put(pair, this.#pairBelow(level, parent));
    return block;
  }

  /** Both hashes below a node, left and right. */
  #pairBelow(level: number, parent: number): readonly [Uint8Array, Uint8Array] {
    const node = this.hash(level + 1, parent);
    const right = storedHashIndex(level, 2 * parent + 1);
    const [one, other] = this.#file([right - (2 ** (level + 1) - 1), right]);
    if (one !== undefined && other !== undefined && isNodeOver(node, one, other)) return [one, other];
    const count = 2 ** (level + 1);
    throw new AlteredHashes(parent * count, count);
  }

  #blockOf(level: number, parent: number): Block {
    const key = Math.floor(parent / pairsIn(level)) * BLOCKS_HIGH + Math.floor(level / BLOCK_LEVELS);
    if (this.#latestKey === key) return this.#latest;
    const known = this.#blocks.get(key);
    const block = known ?? new Block();
    if (known === undefined) this.#blocks.set(key, block);
    this.#latestKey = key;
    this.#latest = block;
    return block;
  }

  #isComplete(level: number, n: number): boolean {
    return n >= 0 && (n + 1) * 2 ** level <= this.#size;
  }

  /** Before it stand those of the higher levels, one for each bit of the size. */
  #peak(level: number): Uint8Array {
    let before = 0;
    for (let rest = Math.floor(this.#size / 2 ** (level + 1)); rest > 0; rest = half(rest)) before += rest % 2;
    const peak = this.#peaks[before];
    if (peak === undefined) throw new Error(`a tree of ${this.#size} leaves has come without its peaks`);
    return peak;
  }
}

/** How many pairs of a level are in one block: 16 in the lowest, 1 right below the node over it all. */
function pairsIn(level: number): number {
  return 1 << (BLOCK_LEVELS - 1 - (level % BLOCK_LEVELS));
}

/** The number of a pair in its block, 1 to 31, numbered from above like a heap. */
function pairOf(level: number, parent: number): number {
  const pairs = pairsIn(level);
  return pairs + (parent % pairs);
}

/** Five levels of a tree below one node: 31 pairs, some of them checked. */
class Block {
  readonly #hashes = new Uint8Array(2 ** BLOCK_LEVELS * 2 * HASH_BYTES);
  /** A bit for each pair. */
  #right = 0;

  has(pair: number): boolean {
    return (this.#right & (1 << pair)) !== 0;
  }

  put(pair: number, [left, right]: readonly [Uint8Array, Uint8Array]): void {
    this.#hashes.set(left, 2 * pair * HASH_BYTES);
    this.#hashes.set(right, (2 * pair + 1) * HASH_BYTES);
    this.#right |= 1 << pair;
  }

  /** The left one for side 0, the right one for 1. */
  hash(pair: number, side: number): Uint8Array {
    const from = (2 * pair + side) * HASH_BYTES;
    return this.#hashes.subarray(from, from + HASH_BYTES);
  }

  /** Copies byte by byte, which takes half of the time of `set` for so few. */
  copy(pair: number, side: number, target: Uint8Array, place: number): void {
    const from = (2 * pair + side) * HASH_BYTES;
    for (let at = 0; at < HASH_BYTES; at += 1) target[place + at] = this.#hashes[from + at] ?? 0;
  }
}
