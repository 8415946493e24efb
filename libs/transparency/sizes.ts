/** Bytes of a hash (SHA-256). */
export const HASH_BYTES = 32;

/**
 * Sizes and indexes of leaves are whole numbers up to 2^52, where the arithmetic of numbers is exact for all that is
 * derived from them. Bit operators work on 32 bits only, so halves are divisions.
 */
export const LARGEST_SIZE = 2 ** 52;

/** True for a number that can be the size of a tree. */
export function isSize(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= LARGEST_SIZE;
}

/** Of a whole number, rounded down: exact beyond 32 bits too. */
export function half(value: number): number {
  return Math.floor(value / 2);
}

export function isOdd(value: number): boolean {
  return value % 2 === 1;
}

/** The level of the largest complete tree in so many leaves: the exponent of the largest power of two in it. */
export function levelOf(leaves: number): number {
  if (leaves < 2 ** 31) return 31 - Math.clz32(leaves);
  return 31 + levelOf(Math.floor(leaves / 2 ** 31));
}

/** How many leaves stand on the left of a tree's root: the largest power of two below its size (2 at least). */
export function leavesOnTheLeft(size: number): number {
  return 2 ** levelOf(size - 1);
}
