import { StoreUnavailable, UnknownPosition } from '../event-store/index.ts';
import { DomainError } from '../kernel/index.ts';
import { KeyDestroyed } from '../vault/index.ts';

/** A full disk is emptied by people, all else passes by itself. */
const RETRY_AFTER_SECONDS = { 'disk-full': 30, other: 2 } as const;

/**
 * What a caller is told when the log cannot take or give events: 503, with the time after which to ask again; and when
 * the key was destroyed that a personal part would have been sealed with: 410, for nothing personal is kept there again.
 */
export function inForumWords(error: unknown): unknown {
  if (error instanceof KeyDestroyed) {
    return new DomainError('erased', 'What this belongs to was erased; nothing personal can be added to it.');
  }
  if (error instanceof UnknownPosition) {
    const told = new DomainError('not_found', 'There is no event at this position.');
    told.cause = error;
    return told;
  }
  if (!(error instanceof StoreUnavailable)) return error;
  const retryAfter = error.reason === 'disk-full' ? RETRY_AFTER_SECONDS['disk-full'] : RETRY_AFTER_SECONDS.other;
  const told = new DomainError(
    'storage_unavailable',
    'The forum cannot reach its storage; try again soon.',
    [],
    retryAfter,
  );
  told.cause = error;
  return told;
}
