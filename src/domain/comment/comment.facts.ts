import type { Fold } from '../../../libs/kernel/index.ts';
import type { CommentStatus } from '../../../libs/words/index.ts';
import { type CommentEvent, type CommentPosted, standingAfter } from './comment.events.ts';

/** What other rules may know of a comment. */
export interface CommentFacts extends Omit<CommentPosted['data'], 'source'> {
  status: CommentStatus;
  /** Readers find nothing of it, not even the place where it was: held, rejected, or removed while it was so. */
  hidden: boolean;
  /** The revision that its text stands at: what a report is about. */
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
    const { status = state.status, hidden = state.hidden } = standingAfter(fact) ?? {};
    return Object.assign(state, { status, hidden });
  },
};
