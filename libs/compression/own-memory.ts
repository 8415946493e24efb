/**
 * The same bytes in memory of just their length, for what is kept: what comes from zlib is a view of a chunk of 16 KiB or more, which stays as
 * long as the view does, and so do the others in its pool.
 */
export function inOwnMemory(bytes: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(own);
  return own;
}
