import { Query } from '@nestjs/cqrs';
import type { ImageFileName } from '../../../libs/kernel/index.ts';

/** One file of an image, as browsers take it. */
export interface ServedImage {
  readonly bytes: Buffer;
  /** The media type. */
  readonly type: string;
  /** Another for every other content. */
  readonly tag: string;
}

/** The first of these that is kept; null for none. */
export class FindImage extends Query<string | null> {
  constructor(readonly imageIds: readonly string[]) {
    super();
  }
}

/** The file, or the nearest in size of this format. Throws DomainError not_found, for an image that was erased too. */
export class GetImageFile extends Query<ServedImage> {
  constructor(readonly file: ImageFileName) {
    super();
  }
}
