/** Parts of equal width that a life is counted in. */
export const PARTS = 60;

/** Times that the axis is drawn through: of more, so many are taken evenly, with the first and the last. */
const MOST_TIMES = 50_000;

/**
 * The moments between the parts of a life's graph, one more than there are parts, in milliseconds; none for no times, which are
 * in order. A silence takes the more room the longer it is, but by its logarithm: so one late comment leaves the rest its room.
 */
export function axisOf(all: Float64Array): readonly number[] {
  const times = evenly(all, MOST_TIMES);
  const [first] = times;
  if (first === undefined) return [];
  const gaps = new Float64Array(times.length - 1);
  for (let n = 0; n < gaps.length; n += 1) gaps[n] = (times[n + 1] ?? 0) - (times[n] ?? 0);
  const usual = Math.max(1, nthOf(gaps.slice(), gaps.length >> 1) ?? 1);
  const widths = new Float64Array(gaps.length);
  let whole = 0;
  for (let n = 0; n < gaps.length; n += 1) {
    const width = gaps[n] === 0 ? 0 : 1 + Math.log1p((gaps[n] ?? 0) / usual);
    widths[n] = width;
    whole += width;
  }
  const last = times.at(-1) ?? first;
  const axis: number[] = [];
  let [gap, passed] = [0, 0];
  for (let part = 0; part < PARTS; part += 1) {
    const place = (part / PARTS) * whole;
    while (gap < widths.length - 1 && passed + (widths[gap] ?? 0) <= place) {
      passed += widths[gap] ?? 0;
      gap += 1;
    }
    const width = widths[gap] ?? 0;
    const share = width === 0 ? 0 : (place - passed) / width;
    axis.push(Math.round((times[gap] ?? last) + share * (gaps[gap] ?? 0)));
  }
  return [...axis, last];
}

function evenly(all: Float64Array, most: number): Float64Array {
  if (all.length <= most) return all;
  const step = (all.length - 1) / (most - 1);
  return Float64Array.from({ length: most }, (_, index) => all[Math.round(index * step)] ?? 0);
}

/** The value at a place of the sorted order, found by Hoare's selection, which reorders the array; undefined beyond its end. */
export function nthOf(values: Float64Array, place: number): number | undefined {
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >>> 1] ?? 0;
    let [left, right] = [low, high];
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      const moved = values[left] ?? 0;
      values[left] = values[right] ?? 0;
      values[right] = moved;
      left += 1;
      right -= 1;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else break;
  }
  return values[place];
}
