import { type Fold, unreachable } from '../../../libs/kernel/index.ts';
import type { CommentStatus } from '../../../libs/words/index.ts';
import type { CommentEvent, CommentPosted } from './comment.events.ts';
import { STATUS_AFTER } from './decision.events.ts';

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
    switch (fact.type) {
      case 'CommentPosted.v1': {
        const { commentId, postId, parentId, rootId, depth, authorId } = fact.data;
        const textRevision = Number(fact.envelope.revision);
        return { commentId, postId, parentId, rootId, depth, authorId, status: 'visible', hidden: false, textRevision };
      }
      case 'CommentEdited.v1':
        if (state !== null) state.textRevision = Number(fact.envelope.revision);
        return state;
      case 'CommentHeld.v2':
        return withStatus(state, 'held', !fact.data.keepsPlace);
      case 'CommentRemoved.v1':
        return withStatus(state, 'removed', state?.hidden ?? false);
      case 'CommentRestored.v1':
        return withStatus(state, 'visible', false);
      case 'CommentJudged.v1': {
        const status = STATUS_AFTER[fact.data.measure];
        return status === null ? state : withStatus(state, status, true);
      }
      case 'CommentDecided.v1':
        return withStatus(state, fact.data.to, fact.data.hidden);
      default:
        return unreachable(fact);
    }
  },
};

function withStatus(state: CommentFacts | null, status: CommentStatus, hidden: boolean): CommentFacts | null {
  if (state !== null) Object.assign(state, { status, hidden });
  return state;
}
