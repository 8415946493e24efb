import { handlersFor } from '../../libs/nest-decider/index.ts';
import { rolesInForce } from '../../libs/words/index.ts';
import {
  AcknowledgeWarning,
  AppealSanction,
  DecideAppeal,
  LiftSanction,
  NoteMember,
  SanctionMember,
} from '../domain/sanction/sanction.commands.ts';
import { sanctionDecider } from '../domain/sanction/sanction.decider.ts';
import { decoders } from './decoders.ts';
import { ForumFacts } from './forum-facts.ts';
import { streams } from './streams.ts';

export const sanctionHandlers = handlersFor({
  decider: sanctionDecider,
  decoder: decoders.sanction,
  ignores: ['SanctionLifted.v1', 'SanctionAppealed.v1', 'AppealDecided.v1', 'MemberNoted.v1'],
  commands: [SanctionMember, LiftSanction, AcknowledgeWarning, AppealSanction, DecideAppeal, NoteMember],
  stream: ({ data }) => streams.sanction(data.memberId),
  around: ForumFacts,
  needs: (facts: ForumFacts) => {
    return async ({ data }) => {
      const member = await facts.member(data.memberId);
      return { roles: member && rolesInForce(member) };
    };
  },
});
