import { Command } from '../../../libs/kernel/index.ts';
import type { Role } from '../../../libs/words/index.ts';

export class MakeInvitation extends Command<{
  readonly invitationId: string;
  readonly roles: readonly Role[];
  readonly expiresAt: string;
  readonly hash: string;
  readonly email: string | null;
  readonly note: string;
}> {
  readonly type = 'MakeInvitation';
}

/** Sent before the member registers. */
export class UseInvitation extends Command<{ readonly invitationId: string; readonly memberId: string }> {
  readonly type = 'UseInvitation';
}

/** Sent when the member's registration is refused. */
export class GiveBackInvitation extends Command<{ readonly invitationId: string; readonly memberId: string }> {
  readonly type = 'GiveBackInvitation';
}

export class WithdrawInvitation extends Command<{ readonly invitationId: string }> {
  readonly type = 'WithdrawInvitation';
}

export type InvitationCommand = MakeInvitation | UseInvitation | GiveBackInvitation | WithdrawInvitation;
