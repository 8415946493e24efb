import { handlersFor } from '../../libs/nest-decider/index.ts';
import {
  ChangeProfile,
  ChangeRoles,
  ConfirmEmail,
  EndSession,
  ForfeitMemberName,
  RegisterMember,
} from '../domain/member/member.commands.ts';
import { memberDecider } from '../domain/member/member.decider.ts';
import { ApproveMember, RefuseMember } from '../domain/member/membership.commands.ts';
import { LinkProvider, UnlinkProvider } from '../domain/member/provider.commands.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const memberHandlers = handlersFor({
  decider: memberDecider,
  decoder: decoders.member,
  commands: [
    RegisterMember,
    ForfeitMemberName,
    ChangeRoles,
    ChangeProfile,
    EndSession,
    ConfirmEmail,
    LinkProvider,
    UnlinkProvider,
    ApproveMember,
    RefuseMember,
  ],
  stream: (command) => streams.member(command.data.memberId),
  starts: (command) => command.type === 'RegisterMember' || command.type === 'ForfeitMemberName',
  needs: () => async () => undefined,
});
