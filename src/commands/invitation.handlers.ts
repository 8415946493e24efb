import type { EventStore } from '../../libs/event-store/index.ts';
import { type Command, stepOf } from '../../libs/kernel/index.ts';
import { handlersFor } from '../../libs/nest-decider/index.ts';
import {
  GiveBackInvitation,
  type InvitationCommand,
  IssueInvitation,
  MakeInvitation,
  UseInvitation,
  WithdrawInvitation,
} from '../domain/invitation/invitation.commands.ts';
import {
  type InvitationNeeds,
  type InvitationState,
  invitationDecider,
  isUseOverdue,
} from '../domain/invitation/invitation.decider.ts';
import { ForfeitMemberName } from '../domain/member/member.commands.ts';
import { decoders } from './decoders.ts';
import { hasCome } from './reservation.handlers.ts';
import { streams } from './streams.ts';

export const invitationHandlers = handlersFor({
  decider: invitationDecider,
  decoder: decoders.invitation,
  commands: [MakeInvitation, IssueInvitation, UseInvitation, GiveBackInvitation, WithdrawInvitation],
  stream: ({ data }) => streams.invitation(data.invitationId),
  starts: (command) => command.type === 'MakeInvitation',
  needs: (store: EventStore) => (command, state) => needsOf(command, state, store),
  first: forfeit,
});

async function needsOf(
  command: InvitationCommand,
  state: InvitationState,
  store: EventStore,
): Promise<InvitationNeeds> {
  const { usedBy } = state;
  if (command.type !== 'UseInvitation' || usedBy === null) return { absent: null };
  if (usedBy === command.data.memberId || !isUseOverdue(state, command.meta.now)) return { absent: null };
  return { absent: (await hasCome(streams.member(usedBy), store)) ? null : usedBy };
}

/** Sent before another uses the invitation, so that whoever was only slow can no longer come with it. */
function forfeit({ type, data, meta }: InvitationCommand, { absent }: InvitationNeeds): Command | undefined {
  if (type !== 'UseInvitation' || absent === null) return undefined;
  const step = stepOf(meta, 'forfeit', absent);
  return new ForfeitMemberName({ memberId: absent, name: streams.invitation(data.invitationId) }, step);
}
