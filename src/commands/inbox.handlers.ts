import { handlersFor } from '../../libs/nest-decider/index.ts';
import {
  ChooseNotifications,
  FollowDiscussion,
  HeedMember,
  IgnoreMember,
  MarkNotificationsRead,
  MuteDiscussion,
  TellDevices,
  TellMember,
  UnfollowDiscussion,
  UnmuteDiscussion,
} from '../domain/inbox/inbox.commands.ts';
import { type InboxNeeds, inboxDecider } from '../domain/inbox/inbox.decider.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { streams } from './streams.ts';

export const inboxHandlers = handlersFor({
  decider: inboxDecider,
  decoder: decoders.inbox,
  commands: [
    FollowDiscussion,
    UnfollowDiscussion,
    MuteDiscussion,
    UnmuteDiscussion,
    IgnoreMember,
    HeedMember,
    ChooseNotifications,
    MarkNotificationsRead,
    TellMember,
    TellDevices,
  ],
  stream: (command) => streams.inbox(command.data.by.memberId),
  around: ForumFacts,
  needs: (facts: ForumFacts) => {
    return async (command): Promise<InboxNeeds> => {
      const { type, data } = command;
      const postId = type === 'FollowDiscussion' || type === 'MuteDiscussion' ? data.postId : null;
      const other = type === 'IgnoreMember' ? data.memberId : null;
      const [post, member] = await Promise.all([
        postId === null ? null : facts.post(postId),
        other === null ? null : facts.member(other),
      ]);
      return { post, isMember: member !== null };
    };
  },
});
