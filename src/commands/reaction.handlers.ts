import { handlersFor } from '../../libs/nest-decider/index.ts';
import { AddReaction, WithdrawReaction } from '../domain/reaction/reaction.commands.ts';
import { type ReactionNeeds, reactionDecider } from '../domain/reaction/reaction.decider.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { streams } from './streams.ts';

export const reactionHandlers = handlersFor({
  decider: reactionDecider,
  decoder: decoders.reaction,
  commands: [AddReaction, WithdrawReaction],
  stream: (command) => streams.reaction(command.data.commentId, command.data.by.memberId),
  around: ForumFacts,
  needs: (facts: ForumFacts) => {
    return async ({ data }): Promise<ReactionNeeds> => {
      const [comment, standing] = await Promise.all([facts.comment(data.commentId), facts.standing(data.by.memberId)]);
      return { comment, standing, ...(await facts.surroundings(comment)) };
    };
  },
});
