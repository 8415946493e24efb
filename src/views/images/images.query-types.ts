import { Query } from '@nestjs/cqrs';
import type { ImageFileName } from '../../../libs/kernel/index.ts';

/** One file of an image in the form for browsers. */
export interface ServedImage {
  readonly bytes: Buffer;
  /** The media type. */
  readonly type: string;
  /** The tag differs for every content. */
  readonly tag: string;
}

/** The first of these images that the forum has; null for none. */
export class FindImage extends Query<string | null> {
  constructor(readonly imageIds: readonly string[]) {
    super();
  }
}

/** Whether this member brought the image, and it is kept. */
export class IsOwnImage extends Query<boolean> {
  constructor(
    readonly imageId: string,
    readonly memberId: string,
  ) {
    super();
  }
}

/** The number of the images of this member that are kept. */
export class CountOwnImages extends Query<number> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** The file, or the nearest in size of this format. Throws DomainError not_found, also for an erased image. */
export class GetImageFile extends Query<ServedImage> {
  constructor(readonly file: ImageFileName) {
    super();
  }
}
