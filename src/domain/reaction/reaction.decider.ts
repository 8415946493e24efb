import { type Decider, DomainError, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import { isPublic, type PostFacts } from '../post/post.facts.ts';
import { requireMayTakePart, type StandingFacts } from '../sanction/standing.facts.ts';
import type { AddReaction, ReactionCommand, WithdrawReaction } from './reaction.commands.ts';
import type { ReactionEvent, ReactionKind } from './reaction.events.ts';

export interface ReactionNeeds {
  readonly comment: CommentFacts | null;
  /** The post that the comment stands under. */
  readonly post: PostFacts | null;
  /** What was ruled on whoever reacts. */
  readonly standing: StandingFacts;
}

/** The kinds that this member holds on this comment. */
export type ReactionState = Set<ReactionKind>;

export const reactionDecider: Decider<ReactionState, ReactionCommand, ReactionEvent, ReactionNeeds> = {
  initial: () => new Set(),
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'AddReaction':
        return add(command, state, needed);
      case 'WithdrawReaction':
        return withdraw(command, state, needed);
      default:
        return unreachable(command);
    }
  },
  evolve,
};

function evolve(state: ReactionState, fact: Remembered<ReactionEvent>): ReactionState {
  switch (fact.type) {
    case 'ReactionAdded.v1':
      return state.add(fact.data.kind);
    case 'ReactionWithdrawn.v1':
      state.delete(fact.data.kind);
      return state;
    default:
      return unreachable(fact);
  }
}

function add({ data, meta }: AddReaction, held: ReactionState, needed: ReactionNeeds): readonly ReactionEvent[] {
  requireMayTakePart(needed.standing, meta.now);
  const comment = requireShown(needed);
  if (!isPublic(needed.post, meta.now)) throw commentNotFound();
  if (comment.status !== 'visible') throw new DomainError('comment_removed', 'This comment was removed.');
  if (held.has(data.kind)) return [];
  return [{ type: 'ReactionAdded.v1', data: { ...data, postId: comment.postId }, personal: null }];
}

/** Taking back is always possible for what a reader can find, removed or not. */
function withdraw({ data }: WithdrawReaction, held: ReactionState, needed: ReactionNeeds): readonly ReactionEvent[] {
  const { postId } = requireShown(needed);
  return held.has(data.kind) ? [{ type: 'ReactionWithdrawn.v1', data: { ...data, postId }, personal: null }] : [];
}

function requireShown({ comment }: ReactionNeeds): CommentFacts {
  if (comment === null || comment.status === 'held' || comment.status === 'rejected') throw commentNotFound();
  return comment;
}

function commentNotFound(): DomainError {
  return new DomainError('comment_not_found', 'There is no such comment.');
}
