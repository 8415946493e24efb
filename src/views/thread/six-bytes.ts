/**
 * Numbers of six bytes, big-endian, so that the bytes sort like them: positions in the log and moments. A comment has
 * several, in the file and in its index.
 */
export const PLACE_BYTES = 6;

const LOW = 2 ** 32;
const MOST = 2 ** 48;
/** What is added to milliseconds since 1970: the years before, which an import may bring, begin with 0. */
export const SINCE_YEAR_0 = 62_167_219_200_000;
/** The last moment, in the year 8884; its first byte is below 0xff. */
export const LAST_TIME = 0xfeff_ffff_ffff;

/** Throws RangeError for a position beyond 2^48: 281 terabytes of a log that counts bytes. */
export function writePlace(to: DataView, offset: number, place: number): void {
  if (place >= MOST) throw new RangeError(`position ${place} is beyond what a thread can name`);
  to.setUint16(offset, place / LOW);
  to.setUint32(offset + 2, place);
}

export function readPlace(from: DataView, offset: number): number {
  return from.getUint16(offset) * LOW + from.getUint32(offset + 2);
}

/** The nearest time that fits, of milliseconds since 1970. */
export function fittingTime(at: number): number {
  return Math.min(Math.max(at, -SINCE_YEAR_0), LAST_TIME - SINCE_YEAR_0);
}

/** Milliseconds since 1970. */
export function writeTime(to: DataView, offset: number, at: number): void {
  writePlace(to, offset, fittingTime(at) + SINCE_YEAR_0);
}

export function readTime(from: DataView, offset: number): number {
  return readPlace(from, offset) - SINCE_YEAR_0;
}
