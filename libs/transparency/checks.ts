import { EMPTY_ROOT, nodeHash, sameHash } from './hashing.ts';
import { sidesOfPath } from './proof-path.ts';
import { HASH_BYTES, half, isOdd, isSize } from './sizes.ts';

/** What an inclusion proof claims: this leaf stands at this index of the tree with this size and root. */
export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly root: Uint8Array;
}

/** A tree: how many leaves it has, and its root. */
export interface Tree {
  readonly size: number;
  readonly root: Uint8Array;
}

/** True when the hashes prove the claim (RFC 9162, 2.1.3.2). Never throws: what is malformed proves nothing. */
export function checkInclusion(claim: Inclusion, hashes: readonly Uint8Array[]): boolean {
  const sides = sidesOfPath(claim.index, claim.size);
  if (sides === null || sides.length !== hashes.length || !areHashes([claim.leaf, claim.root, ...hashes])) return false;
  const root = hashes.reduce(
    (below, hash, step) => (sides[step] === 'left' ? nodeHash(hash, below) : nodeHash(below, hash)),
    claim.leaf,
  );
  return sameHash(root, claim.root);
}

/** True when the hashes prove that the newer tree begins with the older one (RFC 9162, 2.1.4.2). Never throws. */
export function checkConsistency(older: Tree, newer: Tree, hashes: readonly Uint8Array[]): boolean {
  if (!isSize(older.size) || !isSize(newer.size) || older.size > newer.size) return false;
  if (!areHashes([older.root, newer.root, ...hashes])) return false;
  if (older.size === newer.size) return hashes.length === 0 && sameHash(older.root, newer.root);
  if (older.size === 0) return hashes.length === 0 && sameHash(older.root, EMPTY_ROOT);
  return bothRootsFollow(older, newer, isPowerOfTwo(older.size) ? [older.root, ...hashes] : hashes);
}

function bothRootsFollow(older: Tree, newer: Tree, path: readonly Uint8Array[]): boolean {
  const [start, ...rest] = path;
  if (start === undefined) return false;
  let [at, last] = [older.size - 1, newer.size - 1];
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  let [olderRoot, newerRoot] = [start, start];
  for (const hash of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      olderRoot = nodeHash(hash, olderRoot);
      newerRoot = nodeHash(hash, newerRoot);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newerRoot = nodeHash(newerRoot, hash);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(olderRoot, older.root) && sameHash(newerRoot, newer.root);
}

function isPowerOfTwo(size: number): boolean {
  let rest = size;
  while (rest > 1 && !isOdd(rest)) rest = half(rest);
  return rest === 1;
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES);
}
