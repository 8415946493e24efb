import type { ImportReason } from '../../../libs/words/index.ts';

/** An image cannot be brought; the message is the reason as the report counts it. */
export class ImageMissing extends Error {
  override readonly name = 'ImageMissing';
  readonly reason: ImportReason;

  constructor(reason: ImportReason, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}
