import { DomainError } from '../../../libs/kernel/index.ts';
import { type Membership, type Role, TEXT_LIMITS } from '../../../libs/words/index.ts';
import { textOf } from '../text.ts';
import type { ApproveMember, RefuseMember } from './membership.commands.ts';
import type { MembershipEvent } from './membership.events.ts';

interface LetIn {
  readonly membership: Membership;
  readonly roles: readonly Role[];
}

/** Nobody lets themselves in. Roles that somebody was given while waiting count from then on, so an admin decides on them. */
export function approve({ data, meta }: ApproveMember, { membership, roles }: LetIn): readonly MembershipEvent[] {
  if (membership === 'active') return [];
  if (meta.actor === data.memberId) throw new DomainError('forbidden', 'Nobody lets themselves in.');
  if (roles.some((role) => role !== 'member') && !data.by.roles.includes('admin')) throw holdsRoles(roles);
  return [{ type: 'MemberApproved.v1', data: { memberId: data.memberId }, personal: null }];
}

function holdsRoles(roles: readonly Role[]): DomainError {
  const held = roles.filter((role) => role !== 'member').join(', ');
  return new DomainError('holds_roles', `This account has roles (${held}). An admin alone can let it in.`);
}

/** Only who waits can be refused; an active member is sanctioned instead. */
export function refuse({ data }: RefuseMember, { membership }: Pick<LetIn, 'membership'>): readonly MembershipEvent[] {
  const { memberId } = data;
  if (membership === 'refused') return [];
  if (membership === 'active') throw new DomainError('conflict', 'This member was let in already.');
  const reason = textOf(data.reason, 'reason', TEXT_LIMITS.reason);
  return [{ type: 'MemberRefused.v1', data: { memberId }, personal: { reason } }];
}

/** Throws DomainError `membership_waiting` or `membership_refused`: such a member reads, and contributes nothing. */
export function requireActive(membership: Membership): void {
  if (membership === 'waiting') {
    throw new DomainError('membership_waiting', 'This account waits to be let in: until then it can read only.');
  }
  if (membership === 'refused') {
    throw new DomainError('membership_refused', 'This account was not let in: it can read, but not contribute.');
  }
}
