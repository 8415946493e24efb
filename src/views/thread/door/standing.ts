import { standingAfter } from '../../../domain/comment/comment.events.ts';
import type { StoredOf } from '../../stored.ts';

/** The events after which a comment may stand otherwise. */
export const STANDING_TYPES = [
  'CommentPosted.v1',
  'CommentHeld.v2',
  'CommentRemoved.v1',
  'CommentErased.v1',
  'CommentRestored.v1',
  'CommentJudged.v1',
  'CommentDecided.v1',
] as const;

/** The status after such an event; null where it is as before. */
export function standingAfterStored(event: StoredOf<(typeof STANDING_TYPES)[number]>): string | null {
  return standingAfter(event)?.status ?? null;
}
