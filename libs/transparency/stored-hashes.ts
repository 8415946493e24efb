import { nodeHash } from './hashing.ts';
import { half, isOdd } from './sizes.ts';

/**
 * Reads hashes by their stored index, in the order asked for. It throws when one of them is missing. Every computation
 * from stored hashes asks once, for at most twice the tree's height of them.
 */
export type HashReader = (indexes: readonly number[]) => readonly Uint8Array[];

/**
 * The place of the hash of the n-th complete subtree of a level (0: leaves) in a dense row in which each leaf is
 * followed by the subtrees that it completes (Crosby and Wallach, Efficient Data Structures for Tamper-Evident Logging,
 * 3.3).
 */
export function storedHashIndex(level: number, n: number): number {
  const lastLeaf = (n + 1) * 2 ** level - 1;
  return hashesBefore(lastLeaf) + level;
}

/** The complete subtree whose hash has this stored index. */
export function placeOfStoredHash(index: number): { readonly level: number; readonly n: number } {
  // The leaf that completed it has at least the number index / 2, and little more, since leaves add less than two each.
  let leaf = half(index);
  let first = hashesBefore(leaf);
  for (let added = addedBy(leaf); first + added <= index; added = addedBy(leaf)) {
    first += added;
    leaf += 1;
  }
  const level = index - first;
  return { level, n: Math.floor(leaf / 2 ** level) };
}

/** How many hashes stand in the row of a tree of this size. */
export function storedHashCount(size: number): number {
  return hashesBefore(size);
}

/** Itself, and a subtree for each bit of 1 that its number ends with. */
function addedBy(leaf: number): number {
  let added = 1;
  for (let rest = leaf; isOdd(rest); rest = half(rest)) added += 1;
  return added;
}

/** Leaves and complete subtrees of the first n leaves: n + n/2 + n/4 + … */
function hashesBefore(leaves: number): number {
  let count = 0;
  for (let row = leaves; row > 0; row = half(row)) count += row;
  return count;
}

/**
 * The hashes that leaf n adds to the row: its own and those of the subtrees that it completes, two on average.
 * They go to storedHashIndex(0, n) and the places behind it.
 */
export function hashesForLeaf(n: number, leaf: Uint8Array, read: HashReader): readonly Uint8Array[] {
  const siblings: number[] = [];
  for (let level = 0, at = n; isOdd(at); level += 1, at = half(at)) siblings.push(storedHashIndex(level, at - 1));
  const hashes = [leaf];
  let latest = leaf;
  for (const left of readAll(siblings, read)) {
    latest = nodeHash(left, latest);
    hashes.push(latest);
  }
  return hashes;
}

/** Reads all or throws. */
export function readAll(indexes: readonly number[], read: HashReader): readonly Uint8Array[] {
  if (indexes.length === 0) return [];
  const hashes = read(indexes);
  if (hashes.length !== indexes.length) {
    throw new Error(`Asked for ${indexes.length} stored hashes and got ${hashes.length}.`);
  }
  return hashes;
}
