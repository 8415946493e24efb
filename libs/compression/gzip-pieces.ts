import { crc32 } from 'node:zlib';
import { GZIP_HEAD, type SharedBytes } from './gzip-around.ts';
import { joinedCrc, shiftOf } from './joined-crc.ts';

/** A last block with nothing in it (RFC 1951, 3.2.4). */
const LAST = Buffer.from([1, 0, 0, 255, 255]);
const BLOCK_HEAD = 5;
/** The most bytes of a block that is not compressed. */
const MOST_IN_BLOCK = 65_535;
const CHECK = 8;

/** Bytes that stand in many answers, of which only the compressed form is kept. */
export interface Deflated {
  readonly deflated: Buffer;
  /** How many bytes they are when they are unpacked. */
  readonly length: number;
  readonly crc: number;
  /** Of the check of what stands before them; see `joinedCrc`. */
  readonly shift: number;
}

export async function deflatedOf(shared: SharedBytes): Promise<Deflated> {
  const { length } = shared.bytes;
  return { deflated: await shared.deflated, length, crc: crc32(shared.bytes), shift: shiftOf(length) };
}

/**
 * One gzip file of what was compressed before and of an answer's own bytes, which stand between that as they are: where they are few, to
 * compress them would cost more than everything else.
 */
export function gzipOfPieces(pieces: readonly (Deflated | Buffer)[]): Buffer {
  const sizes = pieces.map((piece) => (Buffer.isBuffer(piece) ? storedSize(piece) : piece.deflated.length));
  const file = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size, GZIP_HEAD.length + LAST.length + CHECK));
  let [at, crc, length] = [GZIP_HEAD.copy(file), 0, 0];
  for (const piece of pieces) {
    if (Buffer.isBuffer(piece)) {
      at = store(piece, file, at);
      crc = crc32(piece, crc);
    } else {
      at += piece.deflated.copy(file, at);
      crc = joinedCrc(crc, piece.crc, piece.shift);
    }
    length += piece.length;
  }
  at += LAST.copy(file, at);
  file.writeUInt32LE(crc, at);
  file.writeUInt32LE(length % 2 ** 32, at + 4);
  return file;
}

function storedSize({ length }: Buffer): number {
  return length + BLOCK_HEAD * Math.ceil(length / MOST_IN_BLOCK);
}

/** Writes bytes in blocks that are not compressed, and gives the place behind them. */
function store(bytes: Buffer, file: Buffer, from: number): number {
  let at = from;
  for (let begin = 0; begin < bytes.length; begin += MOST_IN_BLOCK) {
    const block = bytes.subarray(begin, begin + MOST_IN_BLOCK);
    file[at] = 0;
    file.writeUInt16LE(block.length, at + 1);
    file.writeUInt16LE(MOST_IN_BLOCK - block.length, at + 3);
    at += BLOCK_HEAD + block.copy(file, at + BLOCK_HEAD);
  }
  return at;
}
