import {
  commentNotFound,
  type Decider,
  DomainError,
  type Remembered,
  unreachable,
} from '../../../libs/kernel/index.ts';
import { isWaiting, type ReactionKind } from '../../../libs/words/index.ts';

import type { CommentFacts } from '../comment/comment.facts.ts';
import { requireFindable, type Surroundings } from '../comment/findable.rules.ts';
import { requireMayTakePart, type StandingFacts } from '../sanction/standing.facts.ts';
import type { AddReaction, ReactionCommand, WithdrawReaction } from './reaction.commands.ts';
import type { ReactionAdded, ReactionEvent } from './reaction.events.ts';

export interface ReactionNeeds extends Surroundings {
  readonly comment: CommentFacts | null;
  /** The sanctions of the member who reacts. */
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
  const comment = requireShown({ data, meta }, needed);
  if (comment.status !== 'visible') throw new DomainError('comment_removed', 'This comment was removed.');
  if (held.has(data.kind)) return [];
  return [{ type: 'ReactionAdded.v1', data: reactionTo(comment, data), personal: null }];
}

/** A reaction can be taken back from every comment that a reader can find, removed or not. */
function withdraw(command: WithdrawReaction, held: ReactionState, needed: ReactionNeeds): readonly ReactionEvent[] {
  const comment = requireShown(command, needed);
  const { data } = command;
  if (!held.has(data.kind)) return [];
  return [{ type: 'ReactionWithdrawn.v1', data: reactionTo(comment, data), personal: null }];
}

function reactionTo({ commentId, postId }: CommentFacts, { by, kind }: ReactionCommand['data']): ReactionAdded['data'] {
  return { commentId, memberId: by.memberId, kind, postId };
}

function requireShown(
  { data, meta }: Pick<ReactionCommand, 'data' | 'meta'>,
  { comment, ...surroundings }: ReactionNeeds,
): CommentFacts {
  if (comment === null || isWaiting(comment.status)) throw commentNotFound();
  requireFindable(comment, surroundings, data.by, meta.now);
  return comment;
}
