import { Query } from '@nestjs/cqrs';
import type { IssueProgress } from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';

/** Told when there may be something else to do for those who read elsewhere. */
export interface PublishingProjected {
  readonly hub: boolean;
  readonly newsletter: boolean;
}

export const publishingChanges = changesOf<PublishingProjected>('publishing');

/** Changes of posts that the hub is to be told of at once. */
export interface DuePing {
  /** The tags whose feeds changed, besides the feed of the site. */
  readonly tags: readonly string[];
  readonly changes: readonly string[];
  /** RFC 3339. */
  readonly until: string;
}

export interface HubWork {
  /** One at most. */
  readonly due: readonly DuePing[];
  readonly nextAt: number | null;
  readonly lease: { readonly holder: string; readonly until: number } | null;
  /** Whether a lease has named the work: what happened before is not told. */
  readonly hasBegun: boolean;
}

export class GetHubWork extends Query<HubWork> {
  /** `now` in milliseconds since 1970. */
  constructor(
    readonly now: number,
    readonly limit: number,
  ) {
    super();
  }
}

/** The subscribers of whom there is an address that nobody needs any more; `now` in milliseconds since 1970. */
export class GetSubscribersToForget extends Query<readonly string[]> {
  constructor(
    readonly now: number,
    readonly limit: number,
  ) {
    super();
  }
}

/** How many get the newsletter. */
export class CountSubscribers extends Query<number> {
  readonly kind = 'subscribers';
}

/** What the reactor of the newsletter does next. */
export interface IssueStep {
  readonly postId: string;
  /** The last reader whom it was handed to; null for nobody so far. */
  readonly after: string | null;
  readonly subscriberIds: readonly string[];
  /** Set once everybody has a mail: how many were sent, and how many were not. */
  readonly finished: { readonly sent: number; readonly unsent: number } | null;
}

export interface IssueWork {
  /** One at most. */
  readonly due: readonly IssueStep[];
  readonly lease: { readonly holder: string; readonly until: number } | null;
}

export class GetIssueWork extends Query<IssueWork> {
  constructor(readonly limit: number) {
    super();
  }
}

/** What came of an issue at its readers. */
export type IssueReturns = Pick<IssueProgress, 'bounced' | 'refused' | 'complained' | 'left'>;

/** The reader and the issue of a mail. */
export interface MailedIssueOf {
  readonly subscriberId: string;
  readonly postId: string;
  /** When the mail was caused, RFC 3339. */
  readonly sentAt: string;
}

/** Null for another mail, and for one that was long ago. */
export class GetMailedIssue extends Query<MailedIssueOf | null> {
  constructor(readonly mailId: string) {
    super();
  }
}

export class GetIssueProgress extends Query<IssueProgress> {
  constructor(readonly postId: string) {
    super();
  }
}
