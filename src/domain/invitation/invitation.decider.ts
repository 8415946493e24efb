import { type Decider, DomainError, isErased, unreachable } from '../../../libs/kernel/index.ts';
import { GIVEN_ROLES, INVITATION_DAYS, type Role, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { localeOf } from '../locale.ts';
import { emailOf } from '../member/email.ts';
import { HOLDER_COMES_WITHIN_SECONDS } from '../reservation/reservation.decider.ts';
import { invalid, textOf } from '../text.ts';
import type {
  InvitationCommand,
  IssueInvitation,
  MakeInvitation,
  UseInvitation,
  WithdrawInvitation,
} from './invitation.commands.ts';
import type { InvitationEvent } from './invitation.events.ts';

const DAY_MS = 86_400_000;

export interface InvitationState {
  /** Null until the invitation is made. */
  hash: string | null;
  /** Of the secrets that went into mails. */
  mailed: Set<string>;
  roles: readonly Role[];
  /** Who made it. */
  by: string;
  /** When it was made (RFC 3339), and where in the log. */
  made: { readonly at: string; readonly position: bigint };
  /** The address that the invitation was made for; null for none, and for an erased one. */
  email: string | null;
  expiresAt: string;
  withdrawn: boolean;
  /** Who used it, and when. */
  usedBy: string | null;
  usedAt: string;
}

export interface InvitationNeeds {
  /** Whoever used the invitation, when it should be a member by now and is not; null otherwise. */
  readonly absent: string | null;
}

export const invitationDecider: Decider<InvitationState, InvitationCommand, InvitationEvent, InvitationNeeds> = {
  initial: () => ({
    hash: null,
    mailed: new Set(),
    roles: [],
    by: '',
    made: { at: '', position: 0n },
    email: null,
    expiresAt: '',
    withdrawn: false,
    usedBy: null,
    usedAt: '',
  }),
  decide: (command, state, needed) => {
    switch (command.type) {
      case 'MakeInvitation':
        return make(command, state);
      case 'IssueInvitation':
        return issue(command, state);
      case 'UseInvitation':
        return use(command, state, needed);
      case 'GiveBackInvitation': {
        const { invitationId, memberId } = command.data;
        if (state.usedBy !== memberId) return [];
        return [{ type: 'InvitationGivenBack.v1', data: { invitationId, memberId }, personal: null }];
      }
      case 'WithdrawInvitation':
        return withdraw(command, state);
      default:
        return unreachable(command);
    }
  },
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'InvitationMade.v1': {
        const { hash, roles, expiresAt } = fact.data;
        const email = isErased(fact.personal) ? null : fact.personal.email;
        const { actor: by, occurredAt: at, position } = fact.envelope;
        return Object.assign(state, { hash, roles, by, made: { at, position }, email, expiresAt });
      }
      case 'InvitationIssued.v1':
        state.mailed.add(fact.data.hash);
        return state;
      case 'InvitationUsed.v1':
        state.usedBy = fact.data.memberId;
        state.usedAt = fact.envelope.recordedAt;
        return state;
      case 'InvitationGivenBack.v1':
        if (state.usedBy === fact.data.memberId) state.usedBy = null;
        return state;
      case 'InvitationWithdrawn.v1':
        state.withdrawn = true;
        return state;
      default:
        return unreachable(fact);
    }
  },
};

function make({ data, meta }: MakeInvitation, state: InvitationState): readonly InvitationEvent[] {
  if (state.hash === data.hash) return [];
  if (state.hash !== null) throw new DomainError('id_taken', 'Another invitation has this id.');
  const { invitationId, hash, expiresAt, locale } = data;
  const left = Date.parse(expiresAt) - Date.parse(meta.now);
  if (!(left > 0 && left <= INVITATION_DAYS.max * DAY_MS)) {
    throw invalid('expiresAt', `must be a time within the next ${INVITATION_DAYS.max} days`);
  }
  const roles = GIVEN_ROLES.filter((role) => data.roles.includes(role));
  const email = data.email === null ? null : emailOf(data.email);
  const note = textOf(data.note, 'note', TEXT_LIMITS.reason);
  const made = { invitationId, roles, expiresAt, hash, ...(locale !== undefined && { locale: localeOf(locale) }) };
  return [{ type: 'InvitationMade.v1', data: made, personal: { email, note } }];
}

function issue({ data }: IssueInvitation, state: InvitationState): readonly InvitationEvent[] {
  if (state.hash === null) throw invitationInvalid();
  return opens(state, data.hash) ? [] : [{ type: 'InvitationIssued.v1', data, personal: null }];
}

/** Whether the hash is of one of its secrets. */
export function opens({ hash, mailed }: InvitationState, asked: string): boolean {
  return hash === asked || mailed.has(asked);
}

/** One person comes with an invitation. Somebody who never came to be a member does not keep it. */
function use(
  { data, meta }: UseInvitation,
  state: InvitationState,
  { absent }: InvitationNeeds,
): readonly InvitationEvent[] {
  const { invitationId, memberId } = data;
  if (state.usedBy === memberId) return [];
  const isTaken = state.usedBy !== null && state.usedBy !== absent;
  if (state.hash === null || isTaken || !isOpen(state, meta.now)) throw invitationInvalid();
  return [{ type: 'InvitationUsed.v1', data: { invitationId, memberId }, personal: null }];
}

function withdraw({ data }: WithdrawInvitation, state: InvitationState): readonly InvitationEvent[] {
  if (state.hash === null) throw new DomainError('not_found', 'There is no such invitation.');
  if (state.withdrawn) return [];
  if (state.usedBy !== null) throw new DomainError('conflict', 'This invitation was used already.');
  return [{ type: 'InvitationWithdrawn.v1', data: { invitationId: data.invitationId }, personal: null }];
}

/** Whether it is neither withdrawn nor over. */
export function isOpen({ withdrawn, expiresAt }: InvitationState, now: string): boolean {
  return !withdrawn && Date.parse(now) < Date.parse(expiresAt);
}

/** True when whoever used it should be a member by now. */
export function isUseOverdue({ usedBy, usedAt }: InvitationState, now: string): boolean {
  return usedBy !== null && Date.parse(now) - Date.parse(usedAt) > HOLDER_COMES_WITHIN_SECONDS * 1000;
}

export function invitationInvalid(): DomainError {
  return new DomainError(
    'invitation_invalid',
    'This invitation was used, was withdrawn, has run out, counts no more, or never was.',
  );
}
