import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceError } from '../source/source.ts';

const START = { line: 1, column: 1 };
/** Bytes in which the XML declaration is looked for. */
const MOST_BEFORE = 64 * 1024;
const CHUNK_BYTES = 256 * 1024;
/** What a gzip file may hold in any case, and how many times its own bytes: exports have 10 to 30 times of it. */
const FREE_BYTES = 64 * 1024 * 1024;
const MOST_TIMES = 200;
const BOMB = `the gzip file holds more than ${MOST_TIMES} times its own bytes; unpack it and import what is in it`;

/**
 * The text of an export, piece by piece: UTF-8 unless a byte order mark or the XML declaration says otherwise, and
 * unpacked when it is gzip. `onBytes` hears how many bytes of the file were read. Throws SourceError for an unknown
 * encoding, a ZIP archive or a gzip bomb, and the system's error when the file cannot be read.
 */
export async function* readText(file: string, onBytes: (bytes: number) => void): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of unpacked(file, onBytes)) {
    decoder ??= new TextDecoder(encodingOf(chunk));
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder?.decode() ?? '';
  if (rest !== '') yield rest;
}

async function* unpacked(file: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const head = await firstBytes(file);
  if (head.toString('latin1') === 'PK\u0003\u0004') {
    throw new SourceError('this is a ZIP archive; unpack it and import the XML files in it one by one', START);
  }
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  const stream = gzipped ? pipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined) : source;
  let told = 0;
  let come = 0;
  try {
    for await (const chunk of stream) {
      onBytes(source.bytesRead - told);
      told = source.bytesRead;
      if (!Buffer.isBuffer(chunk)) continue;
      come += chunk.length;
      if (gzipped && come > FREE_BYTES + MOST_TIMES * source.bytesRead) throw new SourceError(BOMB, START);
      yield chunk;
    }
  } catch (error) {
    if (!isOfGzip(error)) throw error;
    throw new SourceError('the gzip file is cut off or broken', START);
  }
}

function isOfGzip(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}

async function firstBytes(file: string): Promise<Buffer> {
  for await (const chunk of createReadStream(file, { end: 3 })) {
    if (Buffer.isBuffer(chunk)) return chunk;
  }
  return Buffer.alloc(0);
}

function encodingOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const declaration = /<\?xml\s[^>]{0,200}?encoding\s{0,20}=\s{0,20}["']([A-Za-z0-9._-]{1,40})["']/;
  const label = declaration.exec(head.toString('latin1', 0, MOST_BEFORE))?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).encoding;
  } catch {
    throw new SourceError(`the encoding "${label}" is not known; convert the file to UTF-8`, START);
  }
}
