import { open } from 'node:fs/promises';

/** Bytes that are read at once: 1 MiB. */
const PIECE = 1_048_576;
/** A longer line is no event's: 256 MiB. */
const LONGEST_LINE = 268_435_456;
const NEWLINE = 0x0a;

/** Whole lines, each with its newline; the last piece may end without one. */
export type Pieces = AsyncIterable<Buffer>;

/**
 * A file of lines in pieces that end with a line. A piece is valid until the next one is asked for, since its memory is
 * used again. Throws the system's error, and RangeError for a line that is too long.
 */
export async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r');
  let space = Buffer.allocUnsafe(2 * PIECE);
  let rest = 0;
  try {
    for (;;) {
      if (rest > LONGEST_LINE) throw new RangeError(`${file} has a line of more than ${LONGEST_LINE} bytes.`);
      if (rest + PIECE > space.length) space = Buffer.concat([space], 2 * space.length);
      const { bytesRead } = await handle.read(space, rest, PIECE);
      if (bytesRead === 0) break;
      const length = rest + bytesRead;
      const end = space.subarray(0, length).lastIndexOf(NEWLINE) + 1;
      if (end > 0) yield space.subarray(0, end);
      space.copyWithin(0, end, length);
      rest = length - end;
    }
    if (rest > 0) yield space.subarray(0, rest);
  } finally {
    await handle.close();
  }
}

/** Where each line of a piece ends: the index of its newline; of a last line without one, the piece's length. */
export function* lineEnds(piece: Buffer): Generator<{ readonly from: number; readonly end: number }> {
  for (let from = 0; from < piece.length; ) {
    const newline = piece.indexOf(NEWLINE, from);
    const end = newline === -1 ? piece.length : newline;
    yield { from, end };
    from = end + 1;
  }
}
