import { commentNotFound, type Decider } from '../../../libs/kernel/index.ts';
import type { EraseComment } from './comment.commands.ts';
import type { CommentEvent } from './comment.events.ts';
import { type CommentFacts, commentFacts } from './comment.facts.ts';

/** Erasing looks at no text, so that none is opened for it: a member may have written ten thousand. */
export const erasingDecider: Decider<CommentFacts | null, EraseComment, CommentEvent, null> = {
  initial: commentFacts.initial,
  decide: ({ data }, facts) => {
    if (facts === null) throw commentNotFound();
    if (facts.status === 'erased') return [];
    const { commentId, postId } = facts;
    return [{ type: 'CommentErased.v1', data: { commentId, postId, erasureId: data.erasureId }, personal: null }];
  },
  evolve: commentFacts.evolve,
};
