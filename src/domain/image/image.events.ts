import type { Fact, ImageFormat, ImageWidth } from '../../../libs/kernel/index.ts';

/** One file of an image, sealed, in the data directory. */
export interface ImageFile {
  readonly width: ImageWidth;
  readonly format: ImageFormat;
  /** Of the sealed file. */
  readonly bytes: number;
  /** Of the sealed file, which is named by it: 64 lower-case hex digits. */
  readonly sha256: string;
}

/** Stream `image-<imageId>`, of this one event. */
export type ImageStored = Fact<
  'ImageStored.v1',
  {
    readonly imageId: string;
    /** The member who brought it; null for an import. */
    readonly ownerId: string | null;
    /** Of the largest file. */
    readonly width: number;
    readonly height: number;
    readonly animated: boolean;
    readonly files: readonly ImageFile[];
  },
  {
    /** What the files are sealed with, 32 bytes in base64url: without it nobody can see the image again. */
    readonly fileKey: string;
    /** Where it was imported from. */
    readonly address: string | null;
    readonly alt: string | null;
  }
>;

export type ImageEvent = ImageStored;
