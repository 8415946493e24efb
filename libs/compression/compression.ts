import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { remembered } from '../kernel/index.ts';
import { gzipAround, type SharedBytes } from './gzip-around.ts';
import { oneOfFew } from './one-of-few.ts';
import { inOwnMemory } from './own-memory.ts';

const inBrotli = promisify(brotliCompress);
const inGzip = promisify(gzip);

/** Below this many bytes compression saves no packet. */
const LEAST_BYTES = 1_400;
/**
 * The level for kept answers is as fast as gzip and a sixth smaller; higher levels cost ten times as much for a few per
 * cent. The level for answers sent once takes half of the time for a twelfth more bytes.
 */
const QUALITY = { kept: 5, once: 4 } as const;
/** The window, as a power of two of bytes: no answer gains from a larger one, and each encoder holds it. */
const WINDOW_BITS = 18;

/** What `Content-Encoding` says, the preferred one first. */
const CODINGS = ['br', 'gzip'] as const;
export type Coding = (typeof CODINGS)[number];

export interface Coded {
  readonly bytes: Buffer;
  /** The value of `Content-Encoding`; null for the bytes as they are. */
  readonly coding: Coding | null;
}

/**
 * The bytes in the coding that the reader's `Accept-Encoding` prefers, compressed off the main thread; short ones
 * unchanged.
 */
export function compress(bytes: Buffer, acceptEncoding: string | undefined): Coded | Promise<Coded> {
  const coding = codingFor(bytes, acceptEncoding);
  return coding === null
    ? { bytes, coding }
    : encode(coding, bytes, QUALITY.once).then((encoded) => ({ bytes: encoded, coding }));
}

/**
 * The same for bytes of which many answers share the middle: in gzip, which alone can be put together of parts, for
 * readers who take it, though brotli would be a tenth smaller.
 */
export async function compressAround(
  { before, shared, after }: { readonly before: Buffer; readonly shared: SharedBytes; readonly after: Buffer },
  acceptEncoding: string | undefined,
): Promise<Coded> {
  if (takesGzip(acceptEncoding)) {
    return { bytes: await gzipAround(before, shared, after), coding: 'gzip' };
  }
  return compress(Buffer.concat([before, shared.bytes, after]), acceptEncoding);
}

export function takesGzip(acceptEncoding: string | undefined): boolean {
  return codingsIn(acceptEncoding ?? '').includes('gzip');
}

/** Bytes that are kept and sent many times: compressed at the first request, and kept as long as they are. */
export class CompressedOnce {
  readonly #kept = { br: new WeakMap<Buffer, Promise<Buffer>>(), gzip: new WeakMap<Buffer, Promise<Buffer>>() };

  /** Synchronous for uncompressed bytes. */
  for(bytes: Buffer, acceptEncoding: string | undefined): Coded | Promise<Coded> {
    const coding = codingFor(bytes, acceptEncoding);
    return coding === null ? { bytes, coding } : this.#as(coding, bytes);
  }

  async #as(coding: Coding, bytes: Buffer): Promise<Coded> {
    const kept = this.#kept[coding].get(bytes) ?? encode(coding, bytes, QUALITY.kept).then(inOwnMemory);
    this.#kept[coding].set(bytes, kept);
    return { bytes: await kept, coding };
  }
}

function encode(coding: Coding, bytes: Buffer, quality: number): Promise<Buffer> {
  return oneOfFew(() => (coding === 'br' ? inBrotli(bytes, brotliFor(bytes, quality)) : inGzip(bytes)));
}

function brotliFor(bytes: Buffer, quality: number): { readonly params: Record<number, number> } {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  };
}

/** The coding in which such a reader gets these bytes; null for the bytes as they are. */
export function codingFor(bytes: Buffer, acceptEncoding: string | undefined): Coding | null {
  return bytes.length < LEAST_BYTES ? null : bestIn(acceptEncoding ?? '');
}

const bestIn = remembered((acceptEncoding): Coding | null => {
  const wanted = codingsIn(acceptEncoding);
  return CODINGS.find((coding) => wanted.includes(coding)) ?? null;
});

/** The codings that a reader takes; one that is named with `q=0` is refused (RFC 9110, 12.5.3). */
const codingsIn = remembered((acceptEncoding): readonly Coding[] => {
  const wanted = acceptEncoding
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/i.test(part))
    .map((part) => part.split(';')[0]?.trim().toLowerCase());
  return CODINGS.filter((coding) => wanted.includes(coding));
});
