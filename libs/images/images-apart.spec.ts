import { describe, expect, it } from '@jest/globals';
import { bomb, drawn, moving } from '../../test/support/pictures.ts';
import { type ApartBounds, ImagesApart } from './images-apart.ts';
import { ImageRefused, type MadeImage, makeSizes, TooManyImages } from './index.ts';

async function became(making: Promise<MadeImage>): Promise<string> {
  return making.then(
    ({ width, height }) => `${width}x${height}`,
    (error: unknown) => {
      if (error instanceof ImageRefused) return `${error.why}: ${error.message}`;
      return error instanceof TooManyImages ? error.message : `not refused: ${String(error)}`;
    },
  );
}

const picture = (): Promise<Buffer> => drawn(30, 20).png().toBuffer();
const made = async (bytes: Uint8Array, bounds: Partial<ApartBounds> = {}): Promise<string> =>
  became(new ImagesApart(bounds).make(bytes, 'somebody'));

describe('an image that is made in a process of its own', () => {
  it('is the one that this process would make', async () => {
    for (const bytes of [await drawn(1_000, 500).jpeg().toBuffer(), await moving(3)])
      expect(await new ImagesApart().make(bytes, 'somebody')).toEqual(await makeSizes(bytes));
  });

  it('is refused in the same words', async () => {
    const whole = await drawn(300, 300).jpeg().toBuffer();
    expect([await made(whole.subarray(0, whole.length / 2)), await made(await bomb())]).toEqual([
      'damaged: it is damaged',
      'size: it has more than 64000000 pixels',
    ]);
  });

  it('is refused when its process takes too long, or too much memory', async () => {
    const bytes = await picture();
    expect([await made(bytes, { withinMs: 1 }), await made(bytes, { mostMemory: 1 })]).toEqual([
      'size: it takes too long to be read',
      'size: it takes too much memory to be read',
    ]);
  });

  it('costs no process when its first bytes are those of no image', async () => {
    expect(await made(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), { withinMs: 1 })).toBe(
      'kind: it is an SVG and no JPEG, PNG, GIF, WebP or AVIF',
    );
  });

  it('waits for the others, of which there are so many of all and of one sender', async () => {
    const apart = new ImagesApart({ mostAtOnce: 3, mostOfOne: 2 });
    const bytes = await picture();
    const senders = ['a', 'a', 'a', 'b', 'c'];
    expect(await Promise.all(senders.map((sender) => became(apart.make(bytes, sender))))).toEqual([
      '30x20',
      '30x20',
      'the other images of this sender are still being made',
      '30x20',
      'many images are being made',
    ]);
    expect(await became(apart.make(bytes, 'a'))).toBe('30x20');
  });
});
