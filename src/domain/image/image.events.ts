import type { Fact, ImageFormat, ImageWidth } from '../../../libs/kernel/index.ts';
import type { Catalogue } from '../catalogue-entry.ts';

/** One file of an image, sealed, in the data directory. */
export interface ImageFile {
  readonly width: ImageWidth;
  readonly format: ImageFormat;
  /** The size of the sealed file. */
  readonly bytes: number;
  /** The SHA-256 of the sealed file, which is also its name: 64 lower-case hex digits. */
  readonly sha256: string;
}

/** Stream `image-<imageId>`, with this one event. */
export type ImageStored = Fact<
  'ImageStored.v1',
  {
    readonly imageId: string;
    /** The member who brought it; null for an import, and for what belongs to the forum itself. */
    readonly ownerId: string | null;
    /** The width of the largest file. */
    readonly width: number;
    readonly height: number;
    readonly animated: boolean;
    readonly files: readonly ImageFile[];
  },
  {
    /** The key that seals the files, 32 bytes in base64url; without it nobody can see the image again. */
    readonly fileKey: string;
    /** The address that the image was imported from. */
    readonly address: string | null;
    readonly alt: string | null;
  }
>;

export type ImageEvent = ImageStored;

export const IMAGE_EVENTS: Catalogue<ImageEvent> = {
  'ImageStored.v1': {
    stream: 'image-<imageId>',
    sentence:
      'An image was imported or brought by a member; its files lie sealed in the data directory, and the key to them in this event.',
    data: {
      imageId: 'The image.',
      ownerId: 'The member who brought it, or null for an import and for what belongs to the forum itself.',
      width: 'Of the largest file, in pixels.',
      height: 'The same.',
      animated: 'Whether it moves.',
      files: 'Its files: width of the size, format, bytes and SHA-256 of the sealed file, which is named by that.',
    },
    personal: {
      fileKey: 'What its files are sealed with (32 bytes, base64url).',
      address: 'Where it was imported from, or null.',
      alt: 'What it shows, in words, or null.',
    },
  },
};
