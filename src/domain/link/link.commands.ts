import { Command } from '../../../libs/kernel/index.ts';
import type { LinkPurpose } from './link.events.ts';

export class RequestLink extends Command<{
  readonly linkId: string;
  readonly purpose: LinkPurpose;
  readonly memberId: string | null;
  readonly email: string | null;
  /** A path of this forum, checked by the sender. */
  readonly next: string | null;
  readonly since: string | null;
}> {
  readonly type = 'RequestLink';
}

/** Sent before the mail with the secret: a link without its hash in the log opens nothing. */
export class IssueLink extends Command<{
  readonly linkId: string;
  readonly hash: string;
  readonly memberId: string;
}> {
  readonly type = 'IssueLink';
}

/** `purposes` are those that the page or route serves; a link for another one is unknown there. */
export class UseLink extends Command<{
  readonly linkId: string;
  readonly hash: string;
  readonly purposes: readonly LinkPurpose[];
}> {
  readonly type = 'UseLink';
}

export type LinkCommand = RequestLink | IssueLink | UseLink;
