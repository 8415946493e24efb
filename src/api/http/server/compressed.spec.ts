import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { CompressedOnce } from './compressed.ts';

describe('bytes that are compressed once', () => {
  const long = Buffer.from('{"body":"rice"}'.repeat(200));
  const compressed = new CompressedOnce();

  it.each([
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['GZIP', 'gzip'],
    ['identity', null],
    ['gzip;q=0', null],
    ['', null],
    [undefined, null],
  ])('for %j are coded as %j', async (accept, coding) => {
    const coded = await compressed.for(long, accept);
    expect(coded.coding).toBe(coding);
    const open = coding === 'br' ? brotliDecompressSync : coding === 'gzip' ? gunzipSync : (bytes: Buffer) => bytes;
    expect(open(coded.bytes).equals(long)).toBe(true);
  });

  it('are the same bytes each time, and short ones stay as they are', async () => {
    const [one, other] = await Promise.all([compressed.for(long, 'br'), compressed.for(long, 'br')]);
    expect(one.bytes).toBe(other.bytes);
    expect(await compressed.for(Buffer.from('{}'), 'br')).toEqual({ bytes: Buffer.from('{}'), coding: null });
  });
});
