type Compare = (one: number, other: number) => number;

/** A sorted list with some more in it, given in any order: a new list, since others may be reading the old one. */
export function inserted(sorted: Int32Array, added: readonly number[], compare: Compare): Int32Array {
  const all = new Int32Array(sorted.length + added.length);
  let [read, written] = [0, 0];
  for (const one of added.toSorted(compare)) {
    const until = firstAfter(sorted, one, { from: read, compare });
    all.set(sorted.subarray(read, until), written);
    written += until - read;
    all[written] = one;
    written += 1;
    read = until;
  }
  all.set(sorted.subarray(read), written);
  return all;
}

function firstAfter(
  sorted: Int32Array,
  one: number,
  { from, compare }: { readonly from: number; readonly compare: Compare },
): number {
  return from + firstIndex(sorted.length - from, (at) => compare(sorted[from + at] ?? 0, one) > 0);
}

/** The first of so many for which something holds that holds for all after it too; their number when it holds for none. */
export function firstIndex(count: number, holds: (at: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
