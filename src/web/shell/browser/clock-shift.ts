/** The forum tells its time by the minute, and a page is some seconds on its way. */
const MOST_APART_MS = 120_000;

/** What is to be added to the clock of a device, which may be wrong: nothing where it goes with the forum's. In milliseconds. */
export function clockShift(forum: number, device: number): number {
  const shift = forum - device;
  return Number.isFinite(shift) && Math.abs(shift) > MOST_APART_MS ? shift : 0;
}
