import { Command } from '../../../libs/kernel/index.ts';

/**
 * Sent by the way back of a mail that told of a change: a new password, without the ways to sign in that were added
 * `since` the change (RFC 3339), and with the address from before it when that was reserved for the member again.
 */
export class TakeBackAccount extends Command<{
  readonly memberId: string;
  readonly passwordHash: string;
  readonly since: string;
  /** Null when the address was not changed, or cannot be had again. */
  readonly email: string | null;
}> {
  readonly type = 'TakeBackAccount';
}
