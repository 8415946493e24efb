import { Query } from '@nestjs/cqrs';
import type { Page } from '../../../libs/client/index.ts';
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

/** An image as its owner looks for it. */
export interface BroughtImage {
  readonly id: string;
  /** What it shows, in words; null where nothing was told. */
  readonly alt: string | null;
}

/** The images of this member that are kept, the newest first. Throws DomainError invalid (cursor). */
export class GetOwnImages extends Query<Page<BroughtImage>> {
  constructor(
    readonly memberId: string,
    readonly page: { readonly limit: number; readonly cursor: string | null },
  ) {
    super();
  }
}
