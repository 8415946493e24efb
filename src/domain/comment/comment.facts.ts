import { type Fold, unreachable } from '../../../libs/kernel/index.ts';
import type { CommentEvent, CommentStatus } from './comment.events.ts';
import { STATUS_AFTER } from './decision.events.ts';

/** What other rules may know of a comment. */
export interface CommentFacts {
  readonly commentId: string;
  readonly postId: string;
  readonly parentId: string | null;
  readonly rootId: string;
  readonly depth: number;
  readonly authorId: string | null;
  status: CommentStatus;
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
        return { commentId, postId, parentId, rootId, depth, authorId, status: 'visible', textRevision };
      }
      case 'CommentEdited.v1':
        if (state !== null) state.textRevision = Number(fact.envelope.revision);
        return state;
      case 'CommentHeld.v1':
        return withStatus(state, 'held');
      case 'CommentRemoved.v1':
        return withStatus(state, 'removed');
      case 'CommentRestored.v1':
        return withStatus(state, 'visible');
      case 'CommentJudged.v1':
        return withStatus(state, STATUS_AFTER[fact.data.measure] ?? state?.status ?? 'visible');
      case 'CommentDecided.v1':
        return withStatus(state, fact.data.to);
      default:
        return unreachable(fact);
    }
  },
};

function withStatus(state: CommentFacts | null, status: CommentStatus): CommentFacts | null {
  if (state !== null) state.status = status;
  return state;
}
