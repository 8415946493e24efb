/**
 * Options for an `lru-cache` of `most` entries that let it grow: given `max`, it reserves the room for all of them at
 * once, 16 bytes and more for each.
 */
export function growingTo(most: number): { readonly maxSize: number; readonly sizeCalculation: () => number } {
  return { maxSize: most, sizeCalculation: () => 1 };
}
