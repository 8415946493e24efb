import { Query } from '@nestjs/cqrs';
import type {
  AttendedDiscussion,
  IgnoredMember,
  Notification,
  NotificationChanges,
  NotificationList,
  NotificationPreferences,
  Page,
} from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { ToldWay } from '../../../libs/words/index.ts';
import type { Viewer } from '../viewer.ts';

/** Whose notifications may have changed: these members', and of those who follow the discussion. */
export interface NotificationsProjected {
  readonly members: readonly string[];
  readonly postId: string | null;
  /** Whether something that anybody may have been told of before is hidden, or shown again. */
  readonly anybody?: boolean;
  /** Whether a mail or a push may be due. */
  readonly mails?: boolean;
}

export const notificationsChanges = changesOf<NotificationsProjected>('notifications');

type Told = NonNullable<Viewer>;

/** Which notifications are listed. */
export type NotificationFilter = 'all' | 'unread';

/**
 * A member's notifications, newest first. A page may be shorter than asked for, and even empty, though more follow:
 * `next` tells. Throws DomainError invalid (cursor).
 */
export class GetNotifications extends Query<NotificationList> {
  constructor(
    readonly reader: Told,
    readonly page: { readonly limit: number; readonly cursor: string | null },
    readonly filter: NotificationFilter = 'all',
  ) {
    super();
  }
}

/** The unread ones; MOST_UNREAD_COUNTED means so many or more. */
export class CountUnread extends Query<number> {
  constructor(readonly reader: Told) {
    super();
  }
}

/** Whether a member was told of anything in a discussion after a position that is read by reading it, of what the newest 128 tell. */
export class HasUnreadIn extends Query<boolean> {
  constructor(readonly sought: { readonly memberId: string; readonly postId: string; readonly after: bigint }) {
    super();
  }
}

export class GetNotificationPreferences extends Query<NotificationPreferences> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** How a member stands to a discussion. */
export interface OwnAttention {
  readonly following: boolean;
  readonly muted: boolean;
  /** Whether the member's next comment makes it follow. */
  readonly followsByComment: boolean;
}

export class GetOwnAttention extends Query<OwnAttention> {
  constructor(
    readonly memberId: string,
    readonly postId: string,
  ) {
    super();
  }
}

/** The members whom a member ignores. */
export class GetIgnored extends Query<readonly string[]> {
  constructor(readonly memberId: string) {
    super();
  }
}

export interface AttentionListPage {
  readonly limit: number;
  readonly cursor: string | null;
}

/** The discussions that a member follows, the newest first; those that it mutes as well may be left out. Throws DomainError invalid (cursor). */
export class GetFollowed extends Query<Page<AttendedDiscussion>> {
  constructor(
    readonly memberId: string,
    readonly page: AttentionListPage,
    readonly muted: 'told' | 'left out' = 'told',
  ) {
    super();
  }
}

/** The discussions that a member mutes, the newest first. Throws DomainError invalid (cursor). */
export class GetMuted extends Query<Page<AttendedDiscussion>> {
  constructor(
    readonly memberId: string,
    readonly page: AttentionListPage,
  ) {
    super();
  }
}

/** The members whom a member ignores, the newest first. Throws DomainError invalid (cursor). */
export class GetIgnoredMembers extends Query<Page<IgnoredMember>> {
  constructor(
    readonly memberId: string,
    readonly page: AttentionListPage,
  ) {
    super();
  }
}

/** What came after one position, up to another, newest first. */
export class GetNewNotifications extends Query<NotificationChanges> {
  constructor(
    readonly reader: Told,
    readonly span: { readonly after: bigint; readonly upTo: bigint; readonly most: number },
  ) {
    super();
  }
}

/** Those of the members who follow the discussion. */
export class GetFollowing extends Query<readonly string[]> {
  constructor(
    readonly postId: string,
    readonly memberIds: readonly string[],
  ) {
    super();
  }
}

/** A mail or a push that is due, with what it tells of: after one position, up to another. */
export interface DueTelling {
  readonly memberId: string;
  readonly way: ToldWay;
  readonly after: bigint;
  readonly upTo: bigint;
}

/** Where a look at those who wait for a mail has come to, in the order in which they began to wait. */
export interface PendingPlace {
  readonly since: bigint;
  readonly memberId: string;
  readonly way: string;
}

export interface TellingWork {
  readonly due: readonly DueTelling[];
  /** When the first of the others that were looked at is due, in milliseconds since 1970; null for none. */
  readonly nextAt: number | null;
  /** The newest lease; null before the first one. */
  readonly lease: { readonly holder: string; readonly until: number } | null;
  /** The place of the last one that was looked at; null for none since the beginning. */
  readonly last: PendingPlace | null;
  /** Whether others come after it. */
  readonly more: boolean;
}

/**
 * Of those who wait for a mail or a push, the next so many after a place (null: from the first on): whose is due at the moment
 * (milliseconds since 1970), in each member's own zone and outside of quiet hours.
 */
export class GetTellingWork extends Query<TellingWork> {
  constructor(
    readonly now: number,
    readonly most: number,
    readonly after: PendingPlace | null,
  ) {
    super();
  }
}

/** When the quiet hours of the member end that the moment falls into (milliseconds since 1970); the moment itself outside of them. */
export class GetQuietUntil extends Query<number> {
  constructor(
    readonly memberId: string,
    readonly now: number,
  ) {
    super();
  }
}

/** A comment that waits longer than the forum promises, and those who are told. */
export interface OverdueCase {
  readonly commentId: string;
  /** RFC 3339. */
  readonly since: string;
  readonly hours: number;
  readonly memberIds: readonly string[];
}

export interface CallingWork {
  /** One at most. */
  readonly due: readonly OverdueCase[];
  /** When the next one is due unless somebody decides, in milliseconds since 1970; null for none. */
  readonly nextAt: number | null;
  readonly lease: { readonly holder: string; readonly until: number } | null;
}

/** What waits longer than the forum promises at the moment (milliseconds since 1970). */
export class GetCallingWork extends Query<CallingWork> {
  constructor(readonly now: number) {
    super();
  }
}

/** What a letter tells of. */
export interface Telling extends Notification {
  /** The page of another site that is discussed; null for a discussion of the forum's own. */
  readonly pageUrl: string | null;
}

/** What a mail or a push tells a member: kinds that come by this way (of mails: first), as it stands now, without what was read already. */
export class GetTellings extends Query<readonly Telling[]> {
  constructor(readonly telling: DueTelling) {
    super();
  }
}
