/** An image cannot be brought; the message is the reason as the report counts it. */
export class ImageMissing extends Error {
  override readonly name = 'ImageMissing';
}
