import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { SharedBytes } from './gzip-around.ts';
import { deflatedOf, gzipOfPieces } from './gzip-pieces.ts';

const rice = Buffer.from('<li>Rice and tea, ຂ້າວ</li>'.repeat(4_000));
const soup = Buffer.from('<p>soup</p>');
const name = Buffer.from('Mali & Somsri');
/** As no compression makes it shorter, and longer than one block may be. */
const long = Buffer.from(Array.from({ length: 150_000 }, (_, n) => (n * n * 31 + (n >> 3)) % 256));

describe('a gzip file of pieces', () => {
  it.each<[string, readonly (readonly [bytes: Buffer, isShared: boolean])[]]>([
    ['nothing', []],
    ['own bytes alone', [[name, false]]],
    ['shared bytes alone', [[rice, true]]],
    [
      'own bytes between shared ones',
      [
        [rice, true],
        [name, false],
        [soup, true],
        [name, false],
        [rice, true],
      ],
    ],
    [
      'own bytes at both ends',
      [
        [name, false],
        [soup, true],
        [name, false],
      ],
    ],
    [
      'empty pieces',
      [
        [Buffer.alloc(0), false],
        [Buffer.alloc(0), true],
        [soup, true],
        [Buffer.alloc(0), true],
      ],
    ],
    [
      'own bytes that are longer than a block',
      [
        [soup, true],
        [long, false],
        [soup, true],
      ],
    ],
    [
      'own bytes of one block exactly, and of one more',
      [
        [long.subarray(0, 65_535), false],
        [long.subarray(0, 65_536), false],
      ],
    ],
  ])('unpacks to them in their order: %s', async (_, wished) => {
    const pieces = await Promise.all(
      wished.map(([bytes, isShared]) => (isShared ? deflatedOf(new SharedBytes(bytes)) : bytes)),
    );
    const whole = Buffer.concat(wished.map(([bytes]) => bytes));
    expect(gunzipSync(gzipOfPieces(pieces)).equals(whole)).toBe(true);
  });

  it('holds no more memory for what is kept than its bytes', async () => {
    const { deflated } = await deflatedOf(new SharedBytes(soup));
    expect(deflated.buffer.byteLength).toBe(deflated.length);
  });
});
