import { createHook } from 'node:async_hooks';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { CompressedOnce, compress } from './compression.ts';

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

describe('many answers at once', () => {
  it('are compressed two at a time, each whole', async () => {
    const answers = Array.from({ length: 12 }, (_, n) => Buffer.from(`{"comment":${n}}`.repeat(400)));
    const encoders = { now: 0, most: 0 };
    const ids = new Set<number>();
    const hook = createHook({
      init: (id, type) => {
        if (type !== 'ZLIB') return;
        ids.add(id);
        encoders.now += 1;
        encoders.most = Math.max(encoders.most, encoders.now);
      },
      after: (id) => {
        if (ids.delete(id)) encoders.now -= 1;
      },
    }).enable();

    const coded = await Promise.all(answers.map((bytes) => compress(bytes, 'br')));
    hook.disable();

    expect(coded.map(({ bytes }) => brotliDecompressSync(bytes))).toEqual(answers);
    expect(encoders.most).toBe(2);
  });
});
