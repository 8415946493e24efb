import { StoreUnavailable, UnknownPosition } from '../event-store/index.ts';
import { DomainError } from '../kernel/index.ts';
import { KeyGone } from '../vault/index.ts';

/** People mend a disk that takes nothing; everything else passes by itself. */
const RETRY_AFTER_SECONDS = { people: 30, other: 2 } as const;

const READ_ONLY =
  'The forum is open for reading alone: its disk takes no writes, and nothing of this was recorded. ' +
  'Its keeper makes room there, or mounts it for writing; the forum then goes on by itself.';

/**
 * The refusal when the log cannot take or give events: 503, with the time until the next try; and when the sealing key
 * of a personal part was destroyed: 410, since nothing personal is kept there again.
 */
export function inForumWords(error: unknown): unknown {
  if (error instanceof KeyGone) {
    return new DomainError('erased', 'What this belongs to was erased; nothing personal can be added to it.');
  }
  if (error instanceof UnknownPosition) {
    const told = new DomainError('not_found', 'There is no event at this position.');
    told.cause = error;
    return told;
  }
  if (!(error instanceof StoreUnavailable)) return error;
  const told = asRefusal(error);
  told.cause = error;
  return told;
}

function asRefusal({ reason }: StoreUnavailable): DomainError {
  if (reason === 'read-only') return new DomainError('read_only', READ_ONLY, [], RETRY_AFTER_SECONDS.people);
  const retryAfter = reason === 'disk-full' ? RETRY_AFTER_SECONDS.people : RETRY_AFTER_SECONDS.other;
  return new DomainError('storage_unavailable', 'The forum cannot reach its storage; try again soon.', [], retryAfter);
}
