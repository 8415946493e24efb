/** Parts of equal width that a life is counted in. */
export const PARTS = 60;

/**
 * The moments between the parts of a life's graph, one more than there are parts, in milliseconds; none for no times. A
 * silence takes the more room the longer it is, but by its logarithm: so one late comment leaves the rest its room.
 */
export function axisOf(times: readonly number[]): readonly number[] {
  const [first] = times;
  if (first === undefined) return [];
  const gaps = times.slice(1).map((time, n) => time - (times[n] ?? time));
  const usual = Math.max(1, gaps.toSorted((a, b) => a - b)[gaps.length >> 1] ?? 1);
  const widths = gaps.map((gap) => (gap === 0 ? 0 : 1 + Math.log1p(gap / usual)));
  const whole = widths.reduce((sum, width) => sum + width, 0);
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
