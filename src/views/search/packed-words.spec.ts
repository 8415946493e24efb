import { deflateRawSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { COMMON, MOST_NEAR, packed, unpacked } from './packed-words.ts';

/** As a text is packed with room to look all the way back: what stands in files that were written so. */
function packedFar(kept: string): Buffer {
  return deflateRawSync(kept, { dictionary: COMMON, level: 9, memLevel: 6, windowBits: 15 });
}

/** Of words that come again and again, from the beginning of the common ones too: what is looked for furthest back. */
function textOf(bytes: number): string {
  const begin = COMMON.subarray(0, 600).toString('utf8');
  const words = Array.from({ length: bytes / 8 }, (_, at) => `w${(at * 7_919) % 1_009} ${at % 37}people`);
  const text = Buffer.from([begin, ...words].join(' '))
    .subarray(0, bytes)
    .toString('utf8');
  return text.replaceAll('\ufffd', '');
}

test.each([0, 1, 40, 300, 2_000, MOST_NEAR - 1, MOST_NEAR, MOST_NEAR + 1, 4_096, 40_000])(
  'a text of %i bytes takes the same ones wherever deflate looks, and comes out as it was',
  (bytes) => {
    const text = textOf(bytes);
    expect(packed(text).equals(packedFar(text))).toBe(true);
    expect(unpacked(packed(text))).toBe(text);
  },
);
