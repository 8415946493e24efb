/** Moments in milliseconds, at equal distances along the graph: in busy times a stretch of it is a shorter time. */
export type Axis = readonly number[];

/** The place of a moment along the axis, from 0 to 1; 1 on an axis without length. */
export function shareAt(axis: Axis, at: number): number {
  const [first, last] = [axis[0] ?? 0, axis.at(-1) ?? 0];
  if (last <= first || at >= last) return 1;
  if (at <= first) return 0;
  const part = axis.findLastIndex((edge) => edge <= at);
  const [start, end] = [axis[part] ?? first, axis[part + 1] ?? last];
  return (part + (end > start ? (at - start) / (end - start) : 0)) / (axis.length - 1);
}

/** The moment at this place of the axis, in whole milliseconds. */
export function momentAt(axis: Axis, share: number): number {
  const along = Math.min(1, Math.max(0, share)) * (axis.length - 1);
  const part = Math.min(axis.length - 2, Math.floor(along));
  const [start, end] = [axis[part] ?? 0, axis[part + 1] ?? 0];
  return Math.round(start + (along - part) * (end - start));
}
