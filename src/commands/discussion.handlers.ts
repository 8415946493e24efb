import { handlersFor } from '../../libs/nest-decider/index.ts';
import { ChangeDiscussion } from '../domain/discussion/discussion.commands.ts';
import { type DiscussionNeeds, discussionDecider } from '../domain/discussion/discussion.decider.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { streams } from './streams.ts';

export const discussionHandlers = handlersFor({
  decider: discussionDecider,
  decoder: decoders.discussion,
  commands: [ChangeDiscussion],
  stream: (command) => streams.discussion(command.data.postId),
  around: ForumFacts,
  needs: (facts: ForumFacts) => {
    return async ({ data: { postId, pinnedCommentId = null } }): Promise<DiscussionNeeds> => {
      const asked = pinnedCommentId === null ? null : facts.comment(pinnedCommentId);
      const [post, pinned] = await Promise.all([facts.post(postId), asked]);
      return { post, pinned };
    };
  },
});
