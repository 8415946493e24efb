import { Query } from '@nestjs/cqrs';
import type { NotificationChanges, NotificationList, NotificationPreferences } from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { Viewer } from '../viewer.ts';

/** Whose notifications may have changed: these members', and of those who follow the discussion. */
export interface NotificationsProjected {
  readonly members: readonly string[];
  readonly postId: string | null;
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

export class GetNotificationPreferences extends Query<NotificationPreferences> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** How a member stands to a discussion. */
export interface OwnAttention {
  readonly following: boolean;
  readonly muted: boolean;
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
