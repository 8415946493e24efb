import { half, isOdd, isSize } from './sizes.ts';

/** On which side of the way from a leaf to the root a proof's hash stands. */
export type Side = 'left' | 'right';

/**
 * The sides of the hashes of an inclusion proof, the leaf's sibling first (RFC 9162, 2.1.3.2); null for an index outside
 * the tree. It hashes nothing, so that browsers use it with their own SHA-256.
 */
export function sidesOfPath(index: number, size: number): readonly Side[] | null {
  if (!isSize(size) || !isSize(index) || index >= size) return null;
  const sides: Side[] = [];
  for (let [at, last] = [index, size - 1]; last > 0; ) {
    if (isOdd(at) || at === last) {
      sides.push('left');
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      sides.push('right');
    }
    [at, last] = [half(at), half(last)];
  }
  return sides;
}
