import type { QueryBus } from '@nestjs/cqrs';
import { DomainError, mailboxOf } from '../../libs/kernel/index.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import type { PolicyInForce } from '../domain/policy/policy.settings.ts';
import { asksForConfirmed } from '../domain/policy/screen.ts';
import { GetStoppedMembers } from '../views/sanctions/sanctions.query-types.ts';

export interface BannedMailboxesParts {
  /** The policy in force. */
  readonly policy: () => Promise<PolicyInForce>;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly members: Pick<MemberLookup, 'byId'>;
}

/**
 * The mailboxes of banned and suspended members, in whatever spelling an address names them. Only whoever opens a mail
 * that was sent to the address is ever told, so that no answer tells others who was banned.
 */
export class BannedMailboxes {
  readonly #parts: BannedMailboxesParts;

  constructor(parts: BannedMailboxesParts) {
    this.#parts = parts;
  }

  /** The banned or suspended member, other than `self`, behind an address. */
  async holderOf(email: string, self: string | null): Promise<string | null> {
    const { queries, members } = this.#parts;
    const mailbox = mailboxOf(email);
    for (const memberId of await queries.execute(new GetStoppedMembers(new Date().toISOString()))) {
      const known = memberId === self ? undefined : await members.byId(memberId);
      if (known?.email && mailboxOf(known.email) === mailbox) return memberId;
    }
    return null;
  }

  /** Lets every address be confirmed while the policy does not ask for confirmed ones. Throws DomainError banned_address. */
  async refuse(email: string | null, self: string): Promise<void> {
    if (email === null || !asksForConfirmed((await this.#parts.policy()).policy)) return;
    if ((await this.holderOf(email, self)) === null) return;
    throw new DomainError('banned_address', 'This e-mail address is that of somebody who may not take part now.');
  }
}
