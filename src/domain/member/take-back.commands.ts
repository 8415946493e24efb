import { Command } from '../../../libs/kernel/index.ts';

/**
 * Sent by the way back of a mail that told of a change: a new password, without the ways to sign in that were added
 * since the change, and with the address from before it. Sent also by a link to choose a new password, when it is the
 * first proof that somebody reads the mails of the address.
 */
export class TakeBackAccount extends Command<{
  readonly memberId: string;
  readonly passwordHash: string;
  readonly linkId: string;
  /** When the change happened (RFC 3339); null for the link to choose a new password. */
  readonly since: string | null;
  /** The address from before the change, as the sender saw it; null when it was not changed. */
  readonly before: string | null;
  /** The same once it is reserved for the member again; null when it cannot be had. */
  readonly email: string | null;
}> {
  readonly type = 'TakeBackAccount';
}
