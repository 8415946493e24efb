/** The widths in pixels in which an image is kept, as far as it is so wide; none is made larger than it came. */
export const IMAGE_WIDTHS = [480, 960, 1600] as const;
export type ImageWidth = (typeof IMAGE_WIDTHS)[number];

/** As they stand in addresses. What moves is kept as `webp`, with its first picture as `jpg`. */
export const IMAGE_FORMATS = ['avif', 'webp', 'jpg'] as const;
export type ImageFormat = (typeof IMAGE_FORMATS)[number];

/** The fields by which a text shows an image: `width` and `height` are those of its largest file. */
export interface ImageShape {
  readonly imageId: string;
  readonly width: number;
  readonly height: number;
  /** It moves. */
  readonly animated: boolean;
}

export interface ImageFileName {
  readonly imageId: string;
  readonly width: ImageWidth;
  readonly format: ImageFormat;
}

const PATH = '/images/';
const NAME = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(480|960|1600)\.(avif|webp|jpe?g)$/;
const SIZE = /^([1-9]\d{0,5})x([1-9]\d{0,5})$/;

/** `/images/{id}-{width}.{ext}`: what it leads to never changes. */
export function imagePath({ imageId, width, format }: ImageFileName): string {
  return `${PATH}${imageId}-${width}.${format}`;
}

/** The last part of such a path; null for any other text. `jpeg` says the same as `jpg`. */
export function imageFileNamed(name: string): ImageFileName | null {
  const [, imageId = '', digits = '', ending = ''] = NAME.exec(name) ?? [];
  const width = IMAGE_WIDTHS.find((each) => String(each) === digits);
  const format = IMAGE_FORMATS.find((each) => each === (ending === 'jpeg' ? 'jpg' : ending));
  return width === undefined || format === undefined ? null : { imageId, width, format };
}

/** True for the whole path of such a file, and nothing behind it. */
export function isImagePath(address: string): boolean {
  return address.startsWith(PATH) && imageFileNamed(address.slice(PATH.length)) !== null;
}

/**
 * A text's name for an image of the forum: its path, with its size behind `#`, which is not sent to a server. So a
 * renderer keeps room for the image and knows its sizes without asking anybody.
 */
export function imageReference({ imageId, width, height, animated }: ImageShape): string {
  return `${imagePath({ imageId, width: 1600, format: animated ? 'webp' : 'jpg' })}#${width}x${height}`;
}

/** Null for an address that is no such reference: of another site, or of an image whose size is not told. */
export function imageReferred(address: string): ImageShape | null {
  const [path = '', size = ''] = address.split('#');
  const name = path.startsWith(PATH) ? imageFileNamed(path.slice(PATH.length)) : null;
  const [, width, height] = SIZE.exec(size) ?? [];
  if (name === null || width === undefined || height === undefined) return null;
  return {
    imageId: name.imageId,
    width: Number(width),
    height: Number(height),
    animated: name.format === 'webp',
  };
}

/** The widths that an image so wide is kept in. */
export function imageWidthsOf(width: number): readonly ImageWidth[] {
  return IMAGE_WIDTHS.filter((_, index) => index === 0 || width > (IMAGE_WIDTHS[index - 1] ?? 0));
}
