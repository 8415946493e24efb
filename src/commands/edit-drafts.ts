import type { EventStore } from '../../libs/event-store/index.ts';
import { inForumWords } from '../../libs/nest-decider/index.ts';
import { wordsOfPlace } from '../domain/draft/draft.events.ts';
import { dataText } from './data-text.ts';
import { streams } from './streams.ts';

/** Names of what members keep for themselves. */
interface KeptNames {
  kept(memberId: string, what: readonly (string | null)[]): string;
}

/** Where a member keeps the draft of a place. */
export interface KeptPlace {
  readonly memberId: string;
  readonly placeId: string;
}

/**
 * Where the author of a comment keeps the draft of an edit of it; null for a comment without one. Throws DomainError
 * storage_unavailable.
 */
export async function editDraftPlace(
  store: Pick<EventStore, 'readStream'>,
  names: KeptNames,
  commentId: string,
): Promise<KeptPlace | null> {
  let [postId, memberId]: (string | null)[] = [null, null];
  try {
    for await (const { type, data } of store.readStream(streams.comment(commentId))) {
      if (type.startsWith('CommentPosted.'))
        [postId, memberId] = [dataText(data, 'postId'), dataText(data, 'authorId')];
      if (type.startsWith('CommentClaimed.')) memberId = dataText(data, 'memberId');
    }
  } catch (error) {
    throw inForumWords(error);
  }
  if (postId == null || memberId == null) return null;
  return { memberId, placeId: names.kept(memberId, wordsOfPlace({ postId, parentId: null, commentId })) };
}
