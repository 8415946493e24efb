import { ImageRefused, TooManyImages } from '../../libs/images/index.ts';
import { DomainError, type ErrorCode } from '../../libs/kernel/index.ts';

/** Seconds after which another image may be sent; one takes about two. */
const RETRY_SECONDS = 5;

const CODES: Readonly<Record<ImageRefused['why'], ErrorCode>> = {
  kind: 'unsupported_media_type',
  size: 'too_large',
  damaged: 'invalid',
};

/** The refusal of bytes that were to become an image; null for any other error. */
export function refusedImage(error: unknown): DomainError | null {
  if (error instanceof TooManyImages) {
    return new DomainError(
      'overloaded',
      `This image waits, since ${error.message}; send it again soon.`,
      [],
      RETRY_SECONDS,
    );
  }
  if (!(error instanceof ImageRefused)) return null;
  const { why, message } = error;
  return new DomainError(CODES[why], `The image was not taken: ${message}.`, [{ field: 'file', message }]);
}
