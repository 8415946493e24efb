import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { compressAround } from './compression.ts';
import { gzipAround, SharedBytes } from './gzip-around.ts';

const before = Buffer.from('<main>សួស្តី '.repeat(300));
const middle = Buffer.from('<li>Rice and tea, ຂ້າວ</li>'.repeat(4_000));
const after = Buffer.from('</main>'.repeat(10));

describe('an answer around shared bytes', () => {
  it.each([
    ['each part', before, after],
    ['nothing before them', Buffer.alloc(0), after],
    ['nothing behind them', before, Buffer.alloc(0)],
  ])('is one gzip file with %s', async (_, head, tail) => {
    const bytes = await gzipAround(head, new SharedBytes(middle), tail);
    expect(gunzipSync(bytes).equals(Buffer.concat([head, middle, tail]))).toBe(true);
  });

  it('compresses the shared ones once', async () => {
    const shared = new SharedBytes(middle);
    const first = shared.deflated;
    await Promise.all([gzipAround(before, shared, after), gzipAround(after, shared, before)]);
    expect(shared.deflated).toBe(first);
  });

  it.each([
    ['gzip, deflate, br', 'gzip'],
    ['br', 'br'],
    ['identity', null],
    ['gzip;q=0', null],
  ])('is sent to a reader who takes %j as %j', async (accept, coding) => {
    const coded = await compressAround({ before, shared: new SharedBytes(middle), after }, accept);
    expect(coded.coding).toBe(coding);
    if (coding === null) expect(coded.bytes.equals(Buffer.concat([before, middle, after]))).toBe(true);
  });
});
