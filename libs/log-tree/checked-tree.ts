import {
  EMPTY_ROOT,
  HASH_BYTES,
  isSize,
  levelOf,
  nodeHash,
  proveConsistency,
  readTile,
  type Tile,
} from '../transparency/index.ts';
import type { CheckedHashes } from './checked-hashes.ts';

/** The common part of all proofs of a tree of one size. */
interface Edge {
  readonly size: number;
  readonly root: Uint8Array;
  /** The complete subtrees that it consists of, the largest first. */
  readonly peaks: readonly Peak[];
}

interface Peak {
  readonly level: number;
  /** The leaf behind its last one. */
  readonly end: number;
  /** The end of a proof of a leaf below it, 32 bytes each. */
  readonly tail: Uint8Array;
}

/** Proofs from checked hashes, which need no further check. All methods throw like `CheckedHashes.hash`. */
export class CheckedTree {
  readonly #hashes: CheckedHashes;
  /** The newest tree is asked for with each proof. */
  #edge: Edge | undefined;

  constructor(hashes: CheckedHashes) {
    this.#hashes = hashes;
  }

  /** Over the first so many leaves. */
  root(size: number): Uint8Array {
    return this.#edgeOf(size).root;
  }

  /**
   * The leaf's hash, followed by its proof in the tree of this size: 32 bytes each, its sibling first. Throws
   * RangeError for an index outside the tree.
   */
  inclusion(index: number, size: number): Uint8Array {
    const peak = this.#edgeOf(size).peaks.find(({ end }) => index < end);
    if (peak === undefined || !isSize(index)) throw new RangeError(`a tree of ${size} leaves has no index ${index}`);
    const way = (1 + peak.level) * HASH_BYTES;
    const proof = Buffer.allocUnsafe(way + peak.tail.length);
    this.#hashes.writeWay(index, peak.level, proof);
    proof.set(peak.tail, way);
    return proof;
  }

  consistency(from: number, to: number): readonly Uint8Array[] {
    return proveConsistency(from, to, this.#hashes.read);
  }

  /** The bytes of a tile of hashes. */
  tile(tile: Tile & { readonly level: number }): Uint8Array {
    return readTile(tile, (level, n) => this.#hashes.hash(level, n));
  }

  #edgeOf(size: number): Edge {
    if (!isSize(size)) throw new RangeError(`${size} is no size of a tree`);
    if (this.#edge?.size !== size) this.#edge = edgeOf(size, this.#hashes);
    return this.#edge;
  }
}

function edgeOf(size: number, hashes: CheckedHashes): Edge {
  const subtrees = subtreesOf(size).map(({ level, end }) => ({
    level,
    end,
    hash: hashes.hash(level, end / 2 ** level - 1),
  }));
  const peaks: Peak[] = [];
  let right: Uint8Array | undefined;
  for (const [at, { level, end, hash }] of [...subtrees.entries()].reverse()) {
    const before = subtrees.slice(0, at).map((subtree) => subtree.hash);
    peaks.unshift({ level, end, tail: Buffer.concat([...(right === undefined ? [] : [right]), ...before.reverse()]) });
    right = right === undefined ? hash : nodeHash(hash, right);
  }
  return { size, root: right ?? EMPTY_ROOT, peaks };
}

/** The complete subtrees that a tree consists of, the largest first. */
function subtreesOf(size: number): readonly { readonly level: number; readonly end: number }[] {
  const subtrees: { level: number; end: number }[] = [];
  for (let end = 0; end < size; ) {
    const level = levelOf(size - end);
    end += 2 ** level;
    subtrees.push({ level, end });
  }
  return subtrees;
}
