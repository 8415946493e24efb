import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const inBrotli = promisify(brotliCompress);
const inGzip = promisify(gzip);

/** Below this many bytes compression saves no packet. */
const LEAST_BYTES = 1_024;
/** Brotli's quality for answers that are made at once: as fast as gzip, a sixth smaller. */
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

export interface Coded {
  readonly bytes: Buffer;
  /** What `Content-Encoding` says; null for the bytes as they are. */
  readonly coding: 'br' | 'gzip' | null;
}

/** Bytes that are kept and sent many times, compressed off the main thread at the first wish and kept as long as they are. */
export class CompressedOnce {
  readonly #kept = { br: new WeakMap<Buffer, Promise<Buffer>>(), gzip: new WeakMap<Buffer, Promise<Buffer>>() };

  /** At once for what goes as it is. */
  for(bytes: Buffer, acceptEncoding: string | undefined): Coded | Promise<Coded> {
    const coding = bytes.length < LEAST_BYTES ? null : bestOf(acceptEncoding);
    return coding === null ? { bytes, coding } : this.#as(coding, bytes);
  }

  async #as(coding: 'br' | 'gzip', bytes: Buffer): Promise<Coded> {
    const kept = this.#kept[coding].get(bytes);
    const compressing = kept ?? (coding === 'br' ? inBrotli(bytes, QUALITY) : inGzip(bytes));
    if (kept === undefined) this.#kept[coding].set(bytes, compressing);
    return { bytes: await compressing, coding };
  }
}

/** A coding that is named with `q=0` is refused (RFC 9110, 12.5.3). */
function bestOf(acceptEncoding: string | undefined): 'br' | 'gzip' | null {
  if (acceptEncoding === undefined) return null;
  const wanted = acceptEncoding
    .split(',')
    .filter((part) => !/;\s*q=0(\.0*)?\s*$/i.test(part))
    .map((part) => part.split(';')[0]?.trim().toLowerCase());
  if (wanted.includes('br')) return 'br';
  return wanted.includes('gzip') ? 'gzip' : null;
}
