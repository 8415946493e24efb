import type { Fold } from '../../../libs/kernel/index.ts';
import type { CommentStatus } from '../../../libs/words/index.ts';
import { type CommentEvent, type CommentPosted, standingAfter } from './comment.events.ts';

/** The facts about a comment that other rules may use. */
export interface CommentFacts extends Omit<CommentPosted['data'], 'source' | 'language'> {
  status: CommentStatus;
  /**
   * True when readers find no trace of the comment, not even its place: it is held, rejected, or was removed while it
   * was one of these.
   */
  hidden: boolean;
  /** The revision of the comment's newest text; a report is about this revision. */
  textRevision: number;
}

export const commentFacts: Fold<CommentFacts | null, CommentEvent> = {
  initial: () => null,
  evolve: (state, fact) => {
    if (fact.type === 'CommentPosted.v1') {
      const { commentId, postId, parentId, rootId, depth, authorId } = fact.data;
      const textRevision = Number(fact.envelope.revision);
      return { commentId, postId, parentId, rootId, depth, authorId, status: 'visible', hidden: false, textRevision };
    }
    if (state === null) return null;
    if (fact.type === 'CommentEdited.v1') state.textRevision = Number(fact.envelope.revision);
    if (fact.type === 'CommentClaimed.v1') return Object.assign(state, { authorId: fact.data.memberId });
    const { status = state.status, hidden = state.hidden } = standingAfter(fact) ?? {};
    return Object.assign(state, { status, hidden });
  },
};
