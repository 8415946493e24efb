/** The generator of gzip's check (RFC 1952, 8), its bits in reverse. */
const POLYNOMIAL = 0xedb88320;
/** The polynomial 1. */
const ONE = 0x80000000;
/** x to the power of the bits in one byte. */
const BYTE = ONE >>> 8;

/** What a check is multiplied by so that so many bytes may follow it: x to the power of their bits. Worked out once for bytes that are used many times. */
export function shiftOf(bytes: number): number {
  let power = BYTE;
  let shift = ONE;
  for (let left = bytes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) shift = product(power, shift);
    power = product(power, power);
  }
  return shift;
}

/** The CRC-32 of bytes with others behind them, out of both checks and the shift of the length of the others. */
export function joinedCrc(before: number, after: number, shift: number): number {
  return (product(shift, before) ^ after) >>> 0;
}

/** Of two polynomials over the field of two elements, modulo the generator. */
function product(a: number, b: number): number {
  let sum = 0;
  let power = b;
  for (let bit = ONE; bit !== 0; bit >>>= 1) {
    if ((a & bit) !== 0) sum ^= power;
    power = (power & 1) === 0 ? power >>> 1 : (power >>> 1) ^ POLYNOMIAL;
  }
  return sum >>> 0;
}
