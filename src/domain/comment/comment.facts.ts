import { type Fold, unreachable } from '../../../libs/kernel/index.ts';
import type { CommentEvent, CommentStatus } from './comment.events.ts';

/** What other rules may know of a comment. */
export interface CommentFacts {
  readonly commentId: string;
  readonly postId: string;
  readonly parentId: string | null;
  readonly rootId: string;
  readonly depth: number;
  readonly authorId: string | null;
  status: CommentStatus;
}

export const commentFacts: Fold<CommentFacts | null, CommentEvent> = {
  initial: () => null,
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'CommentPosted.v1': {
        const { commentId, postId, parentId, rootId, depth, authorId } = fact.data;
        return { commentId, postId, parentId, rootId, depth, authorId, status: 'visible' };
      }
      case 'CommentEdited.v1':
        return state;
      case 'CommentHeld.v1':
        return withStatus(state, 'held');
      case 'CommentRemoved.v1':
        return withStatus(state, 'removed');
      case 'CommentRestored.v1':
        return withStatus(state, 'visible');
      default:
        return unreachable(fact);
    }
  },
};

function withStatus(state: CommentFacts | null, status: CommentStatus): CommentFacts | null {
  if (state !== null) state.status = status;
  return state;
}
