import { EMPTY_ROOT } from './hashing.ts';
import { isSize } from './sizes.ts';
import type { HashReader } from './stored-hashes.ts';
import { besideLeaf, beyondTree, rangeHashes } from './subtrees.ts';

/** The root over the first so many leaves. @throws RangeError for what is no size */
export function treeRoot(size: number, read: HashReader): Uint8Array {
  if (!isSize(size)) throw new RangeError(`${size} is no size of a tree.`);
  if (size === 0) return EMPTY_ROOT;
  return rangeHashes([{ first: 0, end: size }], read)[0] ?? EMPTY_ROOT;
}

/**
 * The proof that a leaf stands at an index (from 0) of the tree of this size: the hashes beside its way to the root, its
 * sibling first. @throws RangeError for an index outside the tree
 */
export function proveInclusion(index: number, size: number, read: HashReader): readonly Uint8Array[] {
  if (!isSize(size) || !isSize(index) || index >= size) {
    throw new RangeError(`A tree of ${size} leaves has no index ${index}.`);
  }
  return rangeHashes(besideLeaf(index, { first: 0, end: size }), read);
}

/**
 * The proof that a tree begins with all leaves of an older one. From the empty tree, and to itself, it has no hash.
 * @throws RangeError when `from` is larger than `to`
 */
export function proveConsistency(from: number, to: number, read: HashReader): readonly Uint8Array[] {
  if (!isSize(from) || !isSize(to) || from > to) {
    throw new RangeError(`There is no tree of ${to} leaves that begins with one of ${from}.`);
  }
  return from === 0 ? [] : rangeHashes(beyondTree(from, { first: 0, end: to }), read);
}
