import { handlersFor } from '../../libs/nest-decider/index.ts';
import { ChangeDiscussion, type DiscussionCommand } from '../domain/discussion/discussion.commands.ts';
import { type DiscussionNeeds, discussionDecider } from '../domain/discussion/discussion.decider.ts';
import {
  AcceptAnswer,
  ChangeAsking,
  FeatureComment,
  TakeBackAcceptance,
  UnfeatureComment,
} from '../domain/discussion/marks.commands.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { streams } from './streams.ts';

export const discussionHandlers = handlersFor({
  decider: discussionDecider,
  decoder: decoders.discussion,
  commands: [ChangeDiscussion, ChangeAsking, AcceptAnswer, TakeBackAcceptance, FeatureComment, UnfeatureComment],
  stream: (command) => streams.discussion(command.data.postId),
  around: ForumFacts,
  needs: (facts: ForumFacts) => {
    return async (command): Promise<DiscussionNeeds> => {
      const { pinnedId, markedId } = idsIn(command);
      const [post, pinned, comment] = await Promise.all([
        facts.post(command.data.postId),
        pinnedId === null ? null : facts.comment(pinnedId),
        markedId === null ? null : facts.comment(markedId),
      ]);
      const { belowHidden } = await facts.surroundings(comment);
      return { post, pinned, comment, belowHidden };
    };
  },
});

/** The comments that a command names. */
function idsIn(command: DiscussionCommand): { readonly pinnedId: string | null; readonly markedId: string | null } {
  if (command.type === 'ChangeDiscussion') return { pinnedId: command.data.pinnedCommentId ?? null, markedId: null };
  return { pinnedId: null, markedId: 'commentId' in command.data ? command.data.commentId : null };
}
