import { Command } from '../../../libs/kernel/index.ts';
import type { Role } from '../../../libs/words/index.ts';

export class MakeInvitation extends Command<{
  readonly invitationId: string;
  readonly roles: readonly Role[];
  readonly expiresAt: string;
  readonly hash: string;
  readonly email: string | null;
  /** The language of the mail; that of the forum unless told. */
  readonly locale?: string;
  readonly note: string;
}> {
  readonly type = 'MakeInvitation';
}

/** Sent before the mail with the secret: a link without its hash in the log lets nobody in. */
export class IssueInvitation extends Command<{ readonly invitationId: string; readonly hash: string }> {
  readonly type = 'IssueInvitation';
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

export type InvitationCommand =
  | MakeInvitation
  | IssueInvitation
  | UseInvitation
  | GiveBackInvitation
  | WithdrawInvitation;
