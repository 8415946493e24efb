/** The first byte of sealed bytes is their version, in every version. */
export const VERSION_BYTES = 1;
export const KEY_BYTES = 32;
export const KEY_ID_BYTES = 16;

const KEY_ID = /^[0-9a-f]{32}$/;

/** The 16 bytes of a key's id. Throws RangeError when it is none. */
export function keyIdBytes(id: string): Buffer {
  if (!KEY_ID.test(id)) throw new RangeError('a key id has 32 lower-case hex digits');
  return Buffer.from(id, 'hex');
}
