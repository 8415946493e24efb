import { type Decider, stepOf } from '../../libs/kernel/index.ts';
import { handlersFor } from '../../libs/nest-decider/index.ts';
import { AskEmailChange, ChangeEmail, ConfirmEmail, DropEmailChange } from '../domain/member/address.commands.ts';
import {
  ChangeProfile,
  ChangeRoles,
  EraseMember,
  ForfeitMemberName,
  RegisterMember,
} from '../domain/member/member.commands.ts';
import { type MemberState, memberDecider } from '../domain/member/member.decider.ts';
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
import { LEAVING_ADMINS } from '../domain/reservation/names.ts';
import { LetAdminGo, ReleaseName } from '../domain/reservation/reservation.commands.ts';
import { decoders } from './decoders.ts';
import { memberInUnicode } from './in-unicode.ts';
import { streams } from './streams.ts';

/** The rules use no device, so the devices of all sign-ins stay sealed. */
export const UNOPENED: readonly MemberEvent['type'][] = ['MemberSessionOpened.v1'];

const otherHandlers = handlersFor({
  decider: memberDecider,
  decoder: decoders.member,
  commands: [
    RegisterMember,
    ForfeitMemberName,
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
  asKept: memberInUnicode,
  needs: () => async () => undefined,
});

interface LeavingNeeds {
  readonly wasAdmin: boolean;
}

const leavingDecider: Decider<MemberState, EraseMember | ChangeRoles, MemberEvent, LeavingNeeds> = {
  ...memberDecider,
  decide: (command, state) => memberDecider.decide(command, state, undefined),
};

/** Roles and accounts go after the forum has seen that another admin stays. */
const leavingHandlers = handlersFor({
  decider: leavingDecider,
  decoder: decoders.member,
  commands: [EraseMember, ChangeRoles],
  ignores: UNOPENED,
  stream: (command) => streams.member(command.data.memberId),
  needs:
    () =>
    async (_, { roles }) => ({ wasAdmin: roles.includes('admin') }),
  first: adminComesOrGoes,
});

export const memberHandlers = [...otherHandlers, ...leavingHandlers];

function adminComesOrGoes(
  { type, data, meta }: EraseMember | ChangeRoles,
  { wasAdmin }: LeavingNeeds,
): LetAdminGo | ReleaseName | undefined {
  const isAdmin = type === 'ChangeRoles' && data.roles.includes('admin');
  if (isAdmin === wasAdmin) return undefined;
  const leaving = { name: LEAVING_ADMINS, holder: data.memberId } as const;
  return isAdmin ? new ReleaseName(leaving, stepOf(meta, 'comes')) : new LetAdminGo(leaving, stepOf(meta, 'goes'));
}
