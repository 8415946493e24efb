import { Command } from '../../../libs/kernel/index.ts';
import type { RuleName } from '../../../libs/words/index.ts';
import type { Actor, CommentLimits, CommentWish } from '../comment/comment.commands.ts';

/** Who acts when somebody without an account does, in the envelopes of events and for the rules of posting. */
export const GUEST: Actor = { memberId: 'guest', roles: [] };

/** What a guest says of themselves. */
export interface GuestIdentity {
  readonly displayName: string;
  readonly email: string;
  readonly locale: string;
}

export class SendGuestComment extends Command<
  CommentWish & {
    readonly guest: GuestIdentity;
    /** The rules of the policy about those who arrive that caught it. */
    readonly heldBy?: readonly RuleName[];
    readonly by: Actor;
    /** The rules' own limits unless given. */
    readonly limits?: CommentLimits;
  }
> {
  readonly type = 'SendGuestComment';
}

/** Sent before the mail with the secret: a link without its hash in the log opens nothing. */
export class IssueGuestLink extends Command<{ readonly commentId: string; readonly hash: string }> {
  readonly type = 'IssueGuestLink';
}

/** Sent once the comment stands in its own stream. */
export class ConfirmGuestComment extends Command<{ readonly commentId: string; readonly hash: string }> {
  readonly type = 'ConfirmGuestComment';
}

export type GuestCommand = SendGuestComment | IssueGuestLink | ConfirmGuestComment;
