import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { bomb, claiming, drawn, moving, movingPng, noise, withText } from '../../test/support/pictures.ts';
import { ImageRefused, MOST_IMAGE_BYTES, makeSizes } from './index.ts';

async function refusal(bytes: Uint8Array): Promise<string> {
  return makeSizes(bytes).then(
    () => 'taken',
    (error: unknown) => (error instanceof ImageRefused ? error.message : `not refused: ${String(error)}`),
  );
}

describe('an image that is taken', () => {
  it('is made anew as JPEG, WebP and AVIF in the widths that it fills', async () => {
    const made = await makeSizes(await drawn(1_200, 600).png().toBuffer());
    const files = made.files.map(async ({ bytes, ...name }) => {
      const { format, width, height } = await sharp(bytes).metadata();
      return { ...name, is: `${format} ${width}x${height}` };
    });
    const of = (width: number, size: string) => [
      { width, format: 'jpg', is: `jpeg ${size}` },
      { width, format: 'webp', is: `webp ${size}` },
      { width, format: 'avif', is: `heif ${size}` },
    ];
    expect(await Promise.all(files)).toEqual([...of(480, '480x240'), ...of(960, '960x480'), ...of(1_600, '1200x600')]);
    expect(made).toMatchObject({ width: 1_200, height: 600, animated: false });
  });

  it('stands upright, and tells nothing of the camera and the place', async () => {
    const photo = await drawn(200, 100)
      .withExif({ IFD0: { Copyright: 'SECRET OWNER' }, IFD3: { GPSLatitude: '17/1 57/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(photo.includes('SECRET OWNER')).toBe(true);
    const made = await makeSizes(photo);
    expect(made).toMatchObject({ width: 100, height: 200 });
    for (const { bytes } of made.files) {
      const { exif, icc, xmp, orientation } = await sharp(bytes).metadata();
      expect({ exif, icc, xmp, orientation: orientation ?? 1 }).toEqual({ orientation: 1 });
      expect(bytes.includes('SECRET')).toBe(false);
    }
  });

  it('goes on moving, as WebP, with its first picture as JPEG', async () => {
    const made = await makeSizes(await moving(3));
    const pages = made.files.map(async ({ format, bytes }) => [format, (await sharp(bytes).metadata()).pages ?? 1]);
    expect(await Promise.all(pages)).toEqual([
      ['webp', 3],
      ['jpg', 1],
    ]);
    expect(made).toMatchObject({ width: 40, height: 20, animated: true });
  });

  it('goes on moving as a WebP too; of a moving PNG the first picture stays', async () => {
    const webp = await sharp(await moving(4), { pages: -1 })
      .webp()
      .toBuffer();
    const made = await makeSizes(webp);
    const first = made.files.find(({ format }) => format === 'webp');
    expect([made.animated, (await sharp(first?.bytes).metadata()).pages]).toEqual([true, 4]);
    const still = await makeSizes(await movingPng());
    expect(still).toMatchObject({ animated: false, width: 40, height: 20 });
    expect(still.files.map(({ format }) => format)).toEqual(['jpg', 'webp', 'avif']);
  });

  it('keeps nothing of what hides in its metadata, and is not held up by it', async () => {
    const script = '<script>alert(1)</script>';
    const photo = await drawn(60, 30)
      .withExif({ IFD0: { Artist: script, ImageDescription: '"><img src=x onerror=alert(1)>' } })
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${script}</x:xmpmeta>`)
      .jpeg()
      .toBuffer();
    // A text of 200 MB and a profile of 100 MB, both deflated to some hundred kilobytes.
    const swollen = await withText(await drawn(60, 30).png().toBuffer());
    for (const bytes of [photo, swollen]) {
      const made = await makeSizes(bytes);
      expect(made).toMatchObject({ width: 60, height: 30 });
      for (const { bytes: file } of made.files) {
        const { exif, icc, xmp } = await sharp(file).metadata();
        expect({ exif, icc, xmp }).toEqual({});
        expect([file.includes('alert'), file.byteLength < 5_000]).toEqual([false, true]);
      }
    }
  });

  it('is its first picture when it moves for too long', async () => {
    const made = await makeSizes(await moving(301));
    expect([made.animated, made.files.map(({ format }) => format)]).toEqual([false, ['jpg', 'webp', 'avif']]);
  });

  it('is no taller than a file may be', async () => {
    const { width, height } = await makeSizes(await drawn(500, 20_000).png().toBuffer());
    expect([width, height]).toEqual([200, 8_000]);
  });
});

describe('bytes that are refused', () => {
  it('are a picture that would fill the memory, before it is decoded', async () => {
    const small = await bomb();
    expect(small.byteLength).toBeLessThan(1_000_000);
    expect(await refusal(small)).toBe('it has more than 64000000 pixels');
  });

  it.each(['gif', 'png', 'jpeg', 'webp'] as const)('are a %s of a few bytes that says to be huge', async (format) => {
    const said = await refusal(await claiming(format));
    expect(['it has more than 64000000 pixels', 'it is damaged']).toContain(said);
  });

  it.each([
    ['a program', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a page', Buffer.from('<!DOCTYPE html><title>404</title>')],
    ['a document', Buffer.from('%PDF-1.7\n')],
    ['nothing', Buffer.alloc(0)],
  ])('are %s', async (_, bytes) => {
    expect(await refusal(bytes)).toBe('it is no JPEG, PNG, GIF, WebP or AVIF');
  });

  it('are a TIFF, which no browser shows', async () => {
    expect(await refusal(await drawn(10, 10).tiff().toBuffer())).toBe('it is no JPEG, PNG, GIF, WebP or AVIF');
  });

  it('are cut, or too many', async () => {
    const whole = await noise(300, 300).jpeg().toBuffer();
    expect(await refusal(whole.subarray(0, whole.byteLength / 2))).toBe('it is damaged');
    expect(await refusal(Buffer.alloc(MOST_IMAGE_BYTES + 1))).toBe(`it has more than ${MOST_IMAGE_BYTES} bytes`);
  });
});
