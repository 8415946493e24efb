import { handlersFor } from '../../libs/nest-decider/index.ts';
import { AskEmailChange, ChangeEmail, ConfirmEmail, DropEmailChange } from '../domain/member/address.commands.ts';
import {
  ChangeProfile,
  ChangeRoles,
  EraseMember,
  ForfeitMemberName,
  RegisterMember,
} from '../domain/member/member.commands.ts';
import { memberDecider } from '../domain/member/member.decider.ts';
import type { MemberEvent } from '../domain/member/member.events.ts';
import { ApproveMember, RefuseMember } from '../domain/member/membership.commands.ts';
import { AddPasskey, RemovePasskey } from '../domain/member/passkeys.commands.ts';
import { LinkProvider, UnlinkProvider } from '../domain/member/provider.commands.ts';
import {
  ConfirmSecondFactor,
  OfferSecondFactor,
  TurnOffSecondFactor,
} from '../domain/member/second-factor.commands.ts';
import { EndOtherSessions, EndSession, OpenSession } from '../domain/member/sessions.commands.ts';
import { TakeBackAccount } from '../domain/member/take-back.commands.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

/** The rules use no device, so the devices of all sign-ins stay sealed. */
export const UNOPENED: readonly MemberEvent['type'][] = ['MemberSessionOpened.v1'];

export const memberHandlers = handlersFor({
  decider: memberDecider,
  decoder: decoders.member,
  commands: [
    EraseMember,
    RegisterMember,
    ForfeitMemberName,
    ChangeRoles,
    ChangeProfile,
    LinkProvider,
    UnlinkProvider,
    ApproveMember,
    RefuseMember,
    ConfirmEmail,
    AskEmailChange,
    DropEmailChange,
    ChangeEmail,
    TakeBackAccount,
    OpenSession,
    EndSession,
    EndOtherSessions,
    OfferSecondFactor,
    ConfirmSecondFactor,
    TurnOffSecondFactor,
    AddPasskey,
    RemovePasskey,
  ],
  ignores: UNOPENED,
  stream: (command) => streams.member(command.data.memberId),
  starts: (command) => command.type === 'RegisterMember' || command.type === 'ForfeitMemberName',
  needs: () => async () => undefined,
});
