/**
 * How many things an `lru-cache` keeps, in options of it that let it grow: given `max`, it takes the room for all of them at
 * once, 16 bytes and more for each.
 */
export function growingTo(most: number): { readonly maxSize: number; readonly sizeCalculation: () => number } {
  return { maxSize: most, sizeCalculation: () => 1 };
}
