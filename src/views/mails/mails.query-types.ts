import { Query } from '@nestjs/cqrs';
import { changesOf } from '../../../libs/projections/index.ts';
import type { MailOutcome, MailState } from '../../../libs/words/index.ts';
import type { LetterKind } from './letter-causes.ts';

export { type CauseType, LETTER_CAUSES, type LetterKind } from './letter-causes.ts';

/** Told when a mail or a lease has changed. */
export interface MailProjected {
  readonly mails: true;
}

export const mailsChanges = changesOf<MailProjected>('mails');

/** A mail that is to be sent. */
export interface DueMail {
  readonly mailId: string;
  readonly kind: LetterKind;
  readonly receiver: string;
  /** The position of the event that caused it. */
  readonly cause: bigint;
  /** When the cause was recorded, RFC 3339. */
  readonly at: string;
}

/** What a reactor has to do. */
export interface MailWork {
  /** The mails that are due: those that somebody waits for before those that tell what is new, of each the longest due first. */
  readonly due: readonly DueMail[];
  /** Of all that are not due yet: when the first one is, in milliseconds since 1970; null for none. */
  readonly nextAt: number | null;
  /** The newest lease. */
  readonly lease: { readonly holder: string; readonly until: number } | null;
  /** The kinds of letters that a lease has named. */
  readonly begun: readonly string[];
}

export class GetMailWork extends Query<MailWork> {
  /** `now` in milliseconds since 1970. */
  constructor(
    readonly now: number,
    readonly limit: number,
  ) {
    super();
  }
}

/** The ids of the mails to these receivers: members, or links whose address stands in the event. */
export class GetMailsTo extends Query<ReadonlySet<string>> {
  constructor(readonly receivers: readonly string[]) {
    super();
  }
}

/** Whether a mail is of a kind that may tell of somebody else than its receiver; false for a mail that nobody knows. */
export class MayTellOfOthers extends Query<boolean> {
  constructor(readonly mailId: string) {
    super();
  }
}

export type UnsettledState = Exclude<MailState, MailOutcome>;

/** A mail as admins see it in the list. */
export interface ListedMail {
  readonly mailId: string;
  readonly kind: LetterKind;
  /** The member who gets it; null where the receiver is none. */
  readonly receiver: { readonly handle: string } | null;
  readonly at: string;
  readonly state: MailState;
  readonly attempts: number;
  readonly reason: string | null;
  /** When it is tried again, RFC 3339. */
  readonly nextAt: string | null;
  /** When its state was recorded, RFC 3339. */
  readonly changedAt: string;
}

export interface MailList {
  readonly items: readonly ListedMail[];
  readonly next: string | null;
}

/** Mails, newest first: all, or those that failed or were given up. Throws DomainError invalid for a cursor. */
export class ListMails extends Query<MailList> {
  constructor(
    readonly which: 'all' | 'trouble',
    readonly limit: number,
    readonly cursor: string | null,
  ) {
    super();
  }
}

/** The links that ran out before a moment (milliseconds since 1970) and whose key is kept, the oldest first. */
export class GetExpiredLinks extends Query<readonly string[]> {
  constructor(
    readonly before: number,
    readonly limit: number,
  ) {
    super();
  }
}

/** When a mail was last sent, and the newest fault of those that are not settled (RFC 3339). */
export interface LastMails {
  readonly lastSentAt: string | null;
  readonly lastFault: { readonly reason: string; readonly at: string } | null;
}

export class GetLastMails extends Query<LastMails> {
  readonly kind = 'last mails';
}

/** The number of mails that are not settled, by their state. */
export class CountMails extends Query<Readonly<Record<UnsettledState, number>>> {}
