import { DomainError, deriveId, type Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta } from '../access/principal.ts';
import type { EmailConfirming } from '../commands/confirm-email.ts';
import { emailOf } from '../domain/member/email.ts';
import type { BannedMailboxes } from './banned-mailboxes.ts';

export interface ProvenAddressesParts {
  readonly confirming: EmailConfirming;
  readonly banned: BannedMailboxes;
}

/** Confirms addresses that were proved on the way in, by a link that the forum itself mailed there. */
export class ProvenAddresses {
  readonly #parts: ProvenAddressesParts;

  constructor(parts: ProvenAddressesParts) {
    this.#parts = parts;
  }

  /** Null where only the holder may learn why not, by a mailed link: the address is another account's, or banned. */
  async confirm(memberId: string, address: string, { commandId, correlationId }: Asking): Promise<Position | null> {
    const { confirming, banned } = this.#parts;
    const member = { memberId, email: emailOf(address) };
    const meta = commandMeta(member, deriveId(commandId, 'proven-address'), correlationId);
    try {
      await banned.refuse(member.email, memberId);
      await confirming.reserve(member, meta);
    } catch (error) {
      if (error instanceof DomainError && (error.code === 'email_taken' || error.code === 'banned_address'))
        return null;
      throw error;
    }
    return (await confirming.confirm(member, meta)).position;
  }
}
