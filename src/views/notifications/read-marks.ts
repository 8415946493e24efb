import type { NotificationKind } from '../../../libs/words/index.ts';
import type { ReadPlaces } from '../shelf/door/read-places.ts';
import { ACCEPTED } from './telling-rulings.ts';

/** The kinds that tell of what somebody wrote. */
export const TELLS_WORDS: ReadonlySet<NotificationKind> = new Set(['reply', 'mention', 'followed']);

/** What a member has read: all up to a position, and what was said in discussions up to where each was read. */
export interface ReadMarks {
  readonly upTo: bigint;
  /** By the id of the post. */
  readonly places: ReadonlyMap<string, bigint>;
}

interface Told {
  readonly n: bigint;
  readonly kind: NotificationKind;
  readonly postId: string | null;
  readonly outcome: string | null;
}

export async function readMarksOf(
  memberId: string,
  upTo: bigint,
  places: Pick<ReadPlaces, 'after'>,
): Promise<ReadMarks> {
  return { upTo, places: await places.after(memberId, upTo) };
}

/** Whether it tells of what stands in the discussion for all to read; what staff ruled on a member is read in the inbox alone. */
export function isOfDiscussion({ kind, outcome }: Pick<Told, 'kind' | 'outcome'>): boolean {
  return TELLS_WORDS.has(kind) || outcome === ACCEPTED;
}

export function isRead(told: Told, { upTo, places }: ReadMarks): boolean {
  if (told.n <= upTo) return true;
  return told.postId !== null && isOfDiscussion(told) && told.n <= (places.get(told.postId) ?? 0n);
}
