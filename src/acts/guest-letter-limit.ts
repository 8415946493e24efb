import { RATE_LIMITS, type RateLimits, tooManyRequests } from '../access/rate-limits.ts';
import type { GuestLetters } from '../commands/guest-letters.ts';

interface LetterParts {
  readonly limits: Pick<RateLimits, 'on'>;
  readonly letters: Pick<GuestLetters, 'sentTo'>;
}

/**
 * Refuses one more letter to a mailbox that all nodes together have sent its share within the hour; the comment's own
 * letter does not count, so that it can be sent again. Throws DomainError rate_limited, storage_unavailable.
 */
export async function refuseMoreLetters(
  { limits, letters }: LetterParts,
  { email, commentId }: { readonly email: string; readonly commentId: string },
): Promise<void> {
  if (!limits.on) return;
  const { points, per } = RATE_LIMITS['guest-email'];
  const now = Date.now();
  const others = (await letters.sentTo(email, now)).filter((letter) => letter.commentId !== commentId);
  const oldest = others.at(-points);
  if (oldest !== undefined) throw tooManyRequests(Math.ceil((oldest.at - now) / 1_000) + per);
}
