import { Command } from '../../../libs/kernel/index.ts';

/**
 * Sent by the way back of a mail that told of a change: a new password, without the ways to sign in that were added
 * `since` the change (RFC 3339).
 */
export class TakeBackAccount extends Command<{
  readonly memberId: string;
  readonly passwordHash: string;
  readonly since: string;
}> {
  readonly type = 'TakeBackAccount';
}
