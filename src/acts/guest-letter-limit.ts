import { RATE_LIMITS, type RateLimits, tooManyRequests } from '../access/rate-limits.ts';

/** The letters to guests of the last hour, from all nodes. */
export interface SentLetters {
  /** The oldest first, as current as the log; `now` and `at` in milliseconds since 1970. Throws DomainError storage_unavailable. */
  sentTo(email: string, now: number): Promise<readonly { readonly commentId: string; readonly at: number }[]>;
}

interface LetterParts {
  readonly limits: Pick<RateLimits, 'on'>;
  readonly letters: SentLetters;
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
