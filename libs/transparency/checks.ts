import { joinsOfConsistency, startOfConsistency } from './consistency-path.ts';
import { EMPTY_ROOT, nodeHash, sameHash } from './hashing.ts';
import { sidesOfPath } from './proof-path.ts';
import { HASH_BYTES, isSize } from './sizes.ts';

/** The claim of an inclusion proof: this leaf stands at this index of the tree with this size and root. */
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

/** True when the hashes prove the claim (RFC 9162, 2.1.3.2). Never throws: malformed input proves nothing. */
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
  const joins = joinsOfConsistency(older.size, newer.size);
  const [start, ...rest] = startOfConsistency(older, hashes);
  if (joins === null || start === undefined || rest.length !== joins.length) return false;
  let [olderRoot, newerRoot] = [start, start];
  for (const [step, hash] of rest.entries()) {
    if (joins[step] === 'left-of-both') olderRoot = nodeHash(hash, olderRoot);
    newerRoot = joins[step] === 'left-of-both' ? nodeHash(hash, newerRoot) : nodeHash(newerRoot, hash);
  }
  return sameHash(olderRoot, older.root) && sameHash(newerRoot, newer.root);
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES);
}
