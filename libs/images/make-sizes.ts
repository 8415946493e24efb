import pLimit from 'p-limit';
import { type ImageFormat, type ImageWidth, imageWidthsOf } from '../kernel/index.ts';
import { guardedSharp, type Sharp } from './guarded-sharp.ts';

/** Bytes of an image that is taken, at most. */
export const MOST_IMAGE_BYTES = 20 * 1_048_576;
/** The most decoded pixels, of all frames of an animation together: a small file can claim very many. */
const MOST_PIXELS = 64_000_000;
/** An animation with more frames or pixels is kept as its first frame. */
const MOST_PICTURES = 300;
const MOST_MOVING_PIXELS = 40_000_000;
/** The most pixels of height; a taller image (a comic strip) becomes narrower, too. WebP ends at 16,383. */
const MOST_HEIGHT = 8_000;

/** With half the colour samples, as JPEG and WebP have: whole ones take twice the memory and time. */
const AVIF = { quality: 52, effort: 1, chromaSubsampling: '4:2:0' } as const;

const WHITE = '#ffffff';

/** Pixels of a size up to which two of its files are made at once, where that is wished: the second takes some tens of megabytes more. */
const MOST_TOGETHER = 4_000_000;

const FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'heif']);

/** Decoding runs in Node's own threads. One at a time: each takes some hundred megabytes for a moment. */
const making = pLimit(1);

export interface MadeFile {
  readonly width: ImageWidth;
  readonly format: ImageFormat;
  readonly bytes: Buffer;
}

export interface MadeImage {
  /** Of the largest file. */
  readonly width: number;
  readonly height: number;
  readonly animated: boolean;
  readonly files: readonly MadeFile[];
}

/** Why bytes are no image of the forum: another kind of file, too much of one, or not whole. */
export type ImageRefusal = 'kind' | 'size' | 'damaged';

/** The bytes are refused as an image; the message tells people why. */
export class ImageRefused extends Error {
  override readonly name = 'ImageRefused';
  readonly why: ImageRefusal;

  constructor(why: ImageRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.why = why;
  }
}

export interface Making {
  /** Whether a second core may make a size's WebP, which takes half of the time, beside its other files. */
  readonly together?: boolean;
}

/**
 * An image in the forum's forms, made anew from its pixels: upright, in sRGB, without the camera's data, as AVIF, WebP
 * and JPEG in the forum's widths. One at a time, off the main thread. Throws ImageRefused.
 */
export function makeSizes(bytes: Uint8Array, { together = false }: Making = {}): Promise<MadeImage> {
  return making(async () => {
    if (bytes.byteLength > MOST_IMAGE_BYTES) {
      throw new ImageRefused('size', `it has more than ${MOST_IMAGE_BYTES} bytes`);
    }
    try {
      return await made(await guardedSharp(), { bytes, together });
    } catch (error) {
      throw error instanceof ImageRefused ? error : refusalIn(error);
    }
  });
}

interface Given {
  readonly bytes: Uint8Array;
  readonly together: boolean;
}

async function made(sharp: Sharp, { bytes, together }: Given): Promise<MadeImage> {
  globalThis.gc?.();
  const { format, pages = 1, width, pageHeight, height, autoOrient } = await sharp(bytes, limits(1)).metadata();
  if (!FORMATS.has(format)) throw noImage();
  const pixels = width * (pageHeight ?? height);
  if (pixels > MOST_PIXELS) throw tooManyPixels();
  const moves = (format === 'gif' || format === 'webp') && pages > 1;
  const animated = moves && pages <= MOST_PICTURES && pixels * pages <= MOST_MOVING_PIXELS;
  const files: MadeFile[] = [];
  let largest = { width: 0, height: 0 };
  for (const each of imageWidthsOf(autoOrient.width)) {
    const still = await stillFiles(sharp, { bytes, together, width: each, animated });
    files.push(...(animated ? [await movingFile(sharp, bytes, each)] : []), ...still.files);
    largest = still.size;
  }
  return { ...largest, animated, files };
}

async function stillFiles(
  sharp: Sharp,
  { bytes, together, width, animated }: Given & { readonly width: ImageWidth; readonly animated: boolean },
): Promise<{
  readonly size: { readonly width: number; readonly height: number };
  readonly files: readonly MadeFile[];
}> {
  const { data, info } = await sharp(bytes, limits(1))
    .autoOrient()
    .resize(within(width))
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  // Pixels of the size before are outside of Node's heap, which does not count them. Only an import may call this.
  globalThis.gc?.();
  const { channels } = info;
  const pixels = () => sharp(data, { raw: { width: info.width, height: info.height, channels } });
  const jpg = () => pixels().flatten({ background: WHITE }).jpeg({ quality: 80, progressive: true }).toBuffer();
  const webp = () => pixels().webp({ quality: 78, effort: 3 }).toBuffer();
  const avif = () => pixels().avif(AVIF).toBuffer();
  const atOnce = pLimit(together && info.width * info.height <= MOST_TOGETHER ? 2 : 1);
  const all = [
    ['jpg', jpg],
    ['webp', webp],
    ['avif', avif],
  ] as const;
  const files = await Promise.all(
    (animated ? all.slice(0, 1) : all).map(([format, encode]) =>
      atOnce(async (): Promise<MadeFile> => ({ width, format, bytes: await encode() })),
    ),
  );
  return { size: { width: info.width, height: info.height }, files };
}

async function movingFile(sharp: Sharp, bytes: Uint8Array, width: ImageWidth): Promise<MadeFile> {
  const moving = sharp(bytes, limits(-1)).resize(within(width)).webp({ quality: 70, effort: 2 });
  return { width, format: 'webp', bytes: await moving.toBuffer() };
}

/** `pages` is the number of frames that are read; -1 for all. */
function limits(pages: number) {
  return { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true, pages } as const;
}

function within(width: ImageWidth) {
  return { width, height: MOST_HEIGHT, fit: 'inside', withoutEnlargement: true } as const;
}

/** The refusal of every other kind of file, by its name where it is known (`a PDF`). */
export function noImage(name: string | null = null, options?: ErrorOptions): ImageRefused {
  return new ImageRefused(
    'kind',
    `it is ${name === null ? '' : `${name} and `}no JPEG, PNG, GIF, WebP or AVIF`,
    options,
  );
}

function tooManyPixels(options?: ErrorOptions): ImageRefused {
  return new ImageRefused('size', `it has more than ${MOST_PIXELS} pixels`, options);
}

/** What the decoder says, in the forum's words. */
function refusalIn(cause: unknown): ImageRefused {
  const words = cause instanceof Error ? cause.message : '';
  if (/pixel limit/i.test(words)) return tooManyPixels({ cause });
  if (/unsupported image|blocked|no suitable|empty/i.test(words)) return noImage(null, { cause });
  return new ImageRefused('damaged', 'it is damaged', { cause });
}
