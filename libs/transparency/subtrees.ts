import { nodeHash } from './hashing.ts';
import { leavesOnTheLeft, levelOf } from './sizes.ts';
import { type HashReader, readAll, storedHashIndex } from './stored-hashes.ts';

/** The leaves from the first to before the end. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/** The ranges beside the way from a leaf up to the root, the leaf's sibling first (RFC 6962, 2.1.1). */
export function besideLeaf(index: number, { first, end }: Range): readonly Range[] {
  if (end - first === 1) return [];
  const middle = first + leavesOnTheLeft(end - first);
  const [left, right] = [
    { first, end: middle },
    { first: middle, end },
  ];
  return index < middle ? [...besideLeaf(index, left), right] : [...besideLeaf(index, right), left];
}

/** The ranges that, with the root of the older tree, make both roots (RFC 6962, 2.1.2). */
export function beyondTree(older: number, { first, end }: Range): readonly Range[] {
  if (older === end) return first === 0 ? [] : [{ first, end }];
  const middle = first + leavesOnTheLeft(end - first);
  const [left, right] = [
    { first, end: middle },
    { first: middle, end },
  ];
  return older <= middle ? [...beyondTree(older, left), right] : [...beyondTree(older, right), left];
}

/** The hash over each range, all read at once. */
export function rangeHashes(ranges: readonly Range[], read: HashReader): readonly Uint8Array[] {
  const parts = ranges.map(completeSubtrees);
  const hashes = readAll(parts.flat(), read);
  let taken = 0;
  return parts.map((part) => {
    taken += part.length;
    return hashes.slice(taken - part.length, taken).reduceRight((right, left) => nodeHash(left, right));
  });
}

/** The stored indexes of the complete subtrees that a range consists of, the largest first. */
function completeSubtrees({ first, end }: Range): readonly number[] {
  const indexes: number[] = [];
  for (let at = first; at < end; ) {
    const level = levelOf(end - at);
    indexes.push(storedHashIndex(level, at / 2 ** level));
    at += 2 ** level;
  }
  return indexes;
}
