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
import { tellingDecider } from '../domain/inbox/telling.decider.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { streams } from './streams.ts';

const choosingHandlers = handlersFor({
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

const tellingHandlers = handlersFor({
  decider: tellingDecider,
  decoder: decoders.inbox,
  commands: [TellMember, TellDevices],
  stream: (command) => streams.inbox(command.data.by.memberId),
  needs: () => async () => null,
  ignores: ['MutesChanged.v1', 'IgnoresChanged.v1', 'NotificationsChosen.v1'],
});

export const inboxHandlers = [...choosingHandlers, ...tellingHandlers];
