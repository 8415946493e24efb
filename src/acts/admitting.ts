import type { QueryBus } from '@nestjs/cqrs';
import type { MembershipChange, OwnMember } from '../../libs/client/index.ts';
import type { Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { ApproveMember, RefuseMember } from '../domain/member/membership.commands.ts';
import { GetOwnMember } from '../views/members/members.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';

export interface AdmittingParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly queries: Pick<QueryBus, 'execute'>;
}

/** Letting in, or refusing, members who wait. */
export class Admitting {
  readonly #parts: AdmittingParts;

  constructor(parts: AdmittingParts) {
    this.#parts = parts;
  }

  /** Throws DomainError member_not_found, and conflict for an active member who is to be refused. */
  async decide(
    memberId: string,
    { state, reason = '' }: MembershipChange,
    { by, asking }: { readonly by: Principal; readonly asking: Asking },
  ): Promise<{ readonly member: OwnMember; readonly position: Position }> {
    const { writes, limits, queries } = this.#parts;
    await limits.take('decide', by.memberId);
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const command =
      state === 'active' ? new ApproveMember({ memberId }, meta) : new RefuseMember({ memberId, reason }, meta);
    const { position } = await writes.send(command);
    return { member: await queries.execute(new GetOwnMember(memberId)), position };
  }
}
