import type { Position } from '../../../libs/kernel/index.ts';

/**
 * A comment's sealed text as its row has it: the bytes (`withoutCommitment`), or, where the log finds them at its place at any time, a number
 * of that place and of how many bytes they are. Null where there is none.
 */
export type KeptSeal = Buffer | number | null;

/** Bytes are counted to one less than this. */
const LENGTHS = 1_048_576;

/** The number for a text in the log, so many positions after the comment was posted. As a bigint, which SQLite keeps in few bytes. */
export function textInLog(sealed: Uint8Array, after: bigint): bigint {
  return after * BigInt(LENGTHS) + BigInt(Math.min(sealed.byteLength, LENGTHS - 1));
}

/** The bytes of a sealed text, or a little more. */
export function bytesOfText(text: KeptSeal): number {
  if (text === null) return 0;
  return typeof text === 'number' ? text % LENGTHS : text.length;
}

/** The position of a text in the log; `posted` is that of its comment, decimal. */
export function placeOfText(text: number, posted: string): Position {
  return BigInt(posted) + BigInt(Math.floor(text / LENGTHS));
}
