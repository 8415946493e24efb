import type { ComponentChild } from 'preact';
import type { Remembered } from '../../../libs/kernel/index.ts';
import type { KeptText, Mailbox } from '../../../libs/mail/index.ts';
import type { MailWay, NotificationKind } from '../../../libs/words/index.ts';
import type { ForumEvent } from '../../domain/event-types.ts';
import type { CauseType, LetterKind } from '../../views/mails/mails.query-types.ts';
import type { DueTelling, Telling } from '../../views/notifications/notifications.query-types.ts';
import type { Words } from './words.ts';

/** A letter as its maker writes it: one tree, sent as HTML and as plain text. */
export interface Letter {
  readonly to: Mailbox;
  /** BCP 47; the language of subject and body. */
  readonly locale: string;
  readonly subject: string;
  /** Made of the parts in `parts.tsx`. */
  readonly body: ComponentChild;
  /** What stands above that: a post, the same in many mails. */
  readonly article?: KeptArticle;
  /** The address by which mails like this one end, for those that nobody asked for one by one. */
  readonly leave?: string;
  /** Where an answer to it becomes an answer to a comment. */
  readonly replyTo?: string;
  /** The post that it is about, so that mail programs put it beside others about the same. */
  readonly discussion?: string;
  /** The ids of the comments and of the members other than its receiver whose words or names stand in it. */
  readonly about?: readonly string[];
  /** Whether it may have to be written anew, since what it tells has changed. */
  readonly isOld?: () => boolean;
}

/** A member who can get a letter. */
export interface Receiver {
  readonly memberId: string;
  readonly handle: string;
  readonly displayName: string;
  readonly email: string;
  /** Since when the member has its present address (RFC 3339). */
  readonly emailSince: string;
  readonly locale: string;
  /** Whether a link to this address was opened, so that it is the member's own for sure. */
  readonly emailConfirmed: boolean;
  /** False for one whom only the tokens of another site sign in. */
  readonly signsInHere: boolean;
  /** Each time when the second factor was turned on (RFC 3339), also while it is off. */
  readonly secondFactorsFrom: readonly string[];
}

/** The forum, as its letters tell of it. */
export interface MailingSite {
  readonly name: string;
  readonly publicUrl: string;
  /** The language for those who have chosen none. */
  readonly locale: string;
  /** IANA, as the pages tell times. */
  readonly timeZone: string;
  readonly accent: string | null;
  /** The origins of the sites that show discussions. */
  readonly shownOn: readonly string[];
  /** False where mails are files that reach nobody. */
  readonly sends: boolean;
}

/** A post as it stands in mails. */
export interface KeptArticle {
  readonly html: KeptText;
  readonly text: KeptText;
}

/** A post that is mailed. */
export interface MailedIssue {
  readonly title: string;
  readonly url: string;
  readonly article: KeptArticle;
  /** Whether it may stand otherwise by now. */
  readonly isOld: () => boolean;
}

/** What a mail tells of. */
export type MailTelling = DueTelling & { readonly way: MailWay };

export interface LetterPorts {
  /** At the member's own address, or the given one. Null for one who is none any more, or was erased. */
  member(memberId: string, address?: string): Promise<Receiver | null>;
  /** The same at the address that the member had at the moment (RFC 3339). */
  memberThen(memberId: string, moment: string): Promise<Receiver | null>;
  /** The member whom the address signs in: the one who has confirmed it, else the first who gave it. */
  memberAt(email: string): Promise<Receiver | null>;
  /** Whether several accounts gave the address. */
  isShared(email: string): Promise<boolean>;
  /**
   * Makes the secret of a requested link for the member, or for nobody, whose hash is recorded, and gives `<linkId>.<secret>` for the address; null for
   * a link that nobody asked for, that was used or has run out.
   */
  issueLink(linkId: string, memberId: string | null): Promise<string | null>;
  /** The same for the link by which a guest confirms a comment; null where that is over. */
  issueGuestLink(commentId: string): Promise<string | null>;
  /** The same for the link by which somebody confirms that the newsletter is wanted. */
  issueSubscriptionLink(subscriberId: string, askId: string): Promise<string | null>;
  /** The same for a link by which the member undoes a change, which `causeId` recorded at `since`. */
  wayBack(change: {
    readonly causeId: string;
    readonly since: string;
    readonly memberId: string;
  }): Promise<string | null>;
  /** The same for a link by which the member takes back the erasure that `causeId` asked for at `since`. */
  stay(asked: { readonly causeId: string; readonly since: string; readonly memberId: string }): Promise<string | null>;
  /**
   * The token of an invitation for its mail, with a secret of its own whose hash is recorded; null for one that is used,
   * withdrawn or over.
   */
  issueInvitation(invitationId: string): Promise<string | null>;
  /** What a mail tells a member, newest first, as it stands now. */
  tellings(mail: MailTelling): Promise<readonly Telling[]>;
  /** The token of the link by which mails like this one end: of these kinds, or null for all that come by its way. */
  leaveToken(
    leaving: Pick<MailTelling, 'memberId' | 'way'> & { readonly kinds: readonly NotificationKind[] | null },
    receiver: Receiver,
  ): string;
  /** The address at which the receiver answers a comment by mail; null where the forum takes none. */
  replyAddress(commentId: string, receiver: Receiver): string | null;
  /** The comment's place on a page; null where the member is shown none. */
  commentPlace(commentId: string, memberId: string): Promise<{ readonly slug: string; readonly title: string } | null>;
  /** The post as its mails have it; null for one that readers do not see. */
  issue(postId: string): Promise<MailedIssue | null>;
  /** A reader of the newsletter; null for one who gets it no more. */
  subscriber(subscriberId: string): Promise<{ readonly email: string; readonly locale: string } | null>;
  /** The token of the link by which the newsletter ends. */
  leaveNewsletter(subscriberId: string): string;
  site(): Promise<MailingSite>;
  words(locale: string): Words;
  /** RFC 3339. */
  readonly now: string;
  /** Whom the mail is for, as its cause names them. */
  readonly receiver: string;
}

/** The event that causes letters of a kind, with its personal part opened. */
export type Cause<Kind extends LetterKind> = Remembered<Extract<ForumEvent, { readonly type: CauseType<Kind> }>>;

/** Writes the letters of one kind. */
export interface LetterMaker<Kind extends LetterKind> {
  /** Null where nobody is to get one: the mail is settled without being sent. */
  compose(cause: Cause<Kind>, ports: LetterPorts): Promise<Letter | null>;
}
