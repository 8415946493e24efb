import { Command } from '../../../libs/kernel/index.ts';
import type { IssueReturned, SubscriptionEnded, SubscriptionLinkIssued } from './subscriber.events.ts';

export class AskSubscription extends Command<{
  readonly subscriberId: string;
  readonly askId: string;
  readonly email: string;
  readonly locale: string;
}> {
  readonly type = 'AskSubscription';
}

/** Sent before the mail with the secret: a link without its hash in the log opens nothing. */
export class IssueSubscriptionLink extends Command<SubscriptionLinkIssued['data']> {
  readonly type = 'IssueSubscriptionLink';
}

export class ConfirmSubscription extends Command<{ readonly subscriberId: string; readonly hash: string }> {
  readonly type = 'ConfirmSubscription';
}

export class EndSubscription extends Command<SubscriptionEnded['data']> {
  readonly type = 'EndSubscription';
}

/** `sentAt` is when the mail was caused (RFC 3339): it ends no subscription that was confirmed later. */
export class ReturnIssue extends Command<IssueReturned['data'] & { readonly sentAt: string }> {
  readonly type = 'ReturnIssue';
}

export type SubscriberCommand =
  | AskSubscription
  | IssueSubscriptionLink
  | ConfirmSubscription
  | EndSubscription
  | ReturnIssue;
