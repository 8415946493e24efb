import { uuidOf } from '../../libs/kernel/index.ts';

const HYPHEN = 0x2d;
const ID_BYTES = 16;
/** The value of a hexadecimal digit by its character code; 255 for all other characters. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? 255 : value;
});

/** The 16 bytes of a UUID: half the size of its text in every row and index. Throws RangeError for anything else. */
export function idBytes(uuid: string): Buffer {
  const bytes = Buffer.allocUnsafe(ID_BYTES);
  writeId(bytes, uuid);
  return bytes;
}

/** Writes the same 16 bytes at `offset`. */
export function writeId(bytes: Uint8Array, uuid: string, offset = 0): void {
  let written = 0;
  let at = 0;
  while (at < 36 && written < ID_BYTES) {
    if ((at === 8 || at === 13 || at === 18 || at === 23) && uuid.charCodeAt(at) === HYPHEN) at += 1;
    const high = DIGITS[uuid.charCodeAt(at)] ?? 255;
    const low = DIGITS[uuid.charCodeAt(at + 1)] ?? 255;
    if (high === 255 || low === 255) break;
    bytes[offset + written] = high * 16 + low;
    written += 1;
    at += 2;
  }
  if (written !== ID_BYTES || at !== 36 || uuid.length !== 36) throw new RangeError(`${uuid} is no UUID`);
}

export function idText(bytes: Buffer): string {
  return uuidOf(bytes);
}
