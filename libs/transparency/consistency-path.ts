import { half, isOdd, isSize } from './sizes.ts';

/**
 * The side on which a hash of a consistency proof is joined: on the left of both roots, or on the right of the newer
 * one alone.
 */
export type Join = 'left-of-both' | 'right-of-newer';

/**
 * The way in which the hashes of a proof between two sizes make both roots, from below (RFC 9162, 2.1.4.2), without the
 * first hash, with which both begin. Null for sizes without such a proof: an older size of 0, or one that is not
 * smaller.
 */
export function joinsOfConsistency(older: number, newer: number): readonly Join[] | null {
  if (!isSize(older) || !isSize(newer) || older === 0 || older >= newer) return null;
  const joins: Join[] = [];
  let [at, last] = [older - 1, newer - 1];
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  while (last !== 0) {
    if (isOdd(at) || at === last) {
      joins.push('left-of-both');
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      joins.push('right-of-newer');
    }
    [at, last] = [half(at), half(last)];
  }
  return joins;
}

/** The first hash of a proof and the rest: the older root itself stands for a complete tree's first hash. */
export function startOfConsistency(
  { size, root }: { readonly size: number; readonly root: Uint8Array },
  hashes: readonly Uint8Array[],
): readonly Uint8Array[] {
  return isPowerOfTwo(size) ? [root, ...hashes] : hashes;
}

function isPowerOfTwo(size: number): boolean {
  let rest = size;
  while (rest > 1 && !isOdd(rest)) rest = half(rest);
  return rest === 1;
}
