import type { QueryBus } from '@nestjs/cqrs';
import type { MemberAuthor, MembershipChange, OwnMember } from '../../libs/client/index.ts';
import type { Position } from '../../libs/kernel/index.ts';
import type { Role } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { ApproveMember, RefuseMember } from '../domain/member/membership.commands.ts';
import { GetOwnMember, GetWaitingMembers } from '../views/members/members.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import { lookAtAddresses } from './looks/look-at.ts';
import type { Looks } from './looks/looks.ts';

export interface AdmittingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly looks: Pick<Looks, 'looked'>;
}

/** A member who waits, as those see it who decide. The address is for admins alone. */
export interface WaitingMember extends MemberAuthor {
  readonly createdAt: string;
  /** The rules of the policy because of which they wait. */
  readonly heldBy: readonly string[];
  /** The roles that count once the member is let in. */
  readonly heldRoles: readonly Role[];
  readonly email?: string | null;
  readonly emailConfirmed: boolean;
}

/** Letting in, or refusing, members who wait. */
export class Admitting {
  readonly #parts: AdmittingParts;

  constructor(parts: AdmittingParts) {
    this.#parts = parts;
  }

  /** Longest waiting first. That an admin saw addresses is recorded. */
  async waiting(most: number, principal: Principal): Promise<readonly WaitingMember[]> {
    const { queries, looks } = this.#parts;
    const isAdmin = principal.roles.includes('admin');
    const waiting = await queries.execute(new GetWaitingMembers(most));
    const members = await Promise.all(
      waiting.map(async (member) => {
        const { email, emailConfirmed } = await queries.execute(new GetOwnMember(member.id));
        return { ...member, emailConfirmed, ...(isAdmin ? { email } : {}) };
      }),
    );
    if (isAdmin && members.length > 0) await looks.looked(principal, lookAtAddresses(members.map(({ id }) => id)));
    return members;
  }

  /**
   * Throws DomainError member_not_found, holds_roles when somebody who holds a role is let in by no admin, and conflict for an
   * active member who is to be refused.
   */
  async decide(
    memberId: string,
    { state, reason = '' }: MembershipChange,
    { by, asking }: { readonly by: Principal; readonly asking: Asking },
  ): Promise<{ readonly member: OwnMember; readonly position: Position }> {
    const { writes, limits, queries } = this.#parts;
    await limits.take('decide', by.memberId);
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const command =
      state === 'active' ? new ApproveMember({ memberId, by }, meta) : new RefuseMember({ memberId, reason }, meta);
    const { position } = await writes.send(command);
    return { member: await queries.execute(new GetOwnMember(memberId)), position };
  }
}
