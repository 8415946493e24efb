import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';
import { oneOfFew } from './one-of-few.ts';
import { inOwnMemory } from './own-memory.ts';

const deflated = promisify(deflateRaw);

/** Blocks that end at a whole byte and that nothing behind them refers to, so that others may follow (RFC 1951, 3.2.4). */
const TO_BE_FOLLOWED = { finishFlush: constants.Z_FULL_FLUSH } as const;
/** Compressed once and sent many times, so the best level is worth its time. */
const SHARED = { ...TO_BE_FOLLOWED, level: 9 } as const;
const FIRST = { ...TO_BE_FOLLOWED, level: 4 } as const;
const LAST = { level: 4 } as const;

/** No name, no time, any system (RFC 1952, 2.3). */
export const GZIP_HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** Bytes in the middle of many answers, compressed at the first of them. */
export class SharedBytes {
  readonly bytes: Buffer;
  #deflated: Promise<Buffer> | undefined;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get deflated(): Promise<Buffer> {
    this.#deflated ??= oneOfFew(() => deflated(this.bytes, SHARED)).then(inOwnMemory);
    return this.#deflated;
  }
}

/** One gzip file of the three, of which only `before` and `after` are compressed for this answer. */
export async function gzipAround(before: Buffer, shared: SharedBytes, after: Buffer): Promise<Buffer> {
  const parts = await Promise.all([
    oneOfFew(() => deflated(before, FIRST)),
    shared.deflated,
    oneOfFew(() => deflated(after, LAST)),
  ]);
  const end = Buffer.alloc(8);
  end.writeUInt32LE(crc32(after, crc32(shared.bytes, crc32(before))), 0);
  end.writeUInt32LE((before.length + shared.bytes.length + after.length) % 2 ** 32, 4);
  return Buffer.concat([GZIP_HEAD, ...parts, end]);
}
