import { Command } from '../../../libs/kernel/index.ts';
import type { MailWay, NotificationWays } from '../../../libs/words/index.ts';
import type { Actor } from '../member/actor.ts';
import type { QuietHours } from './inbox.events.ts';

interface OwnDiscussion {
  readonly by: Actor;
  readonly postId: string;
}

export class FollowDiscussion extends Command<OwnDiscussion> {
  readonly type = 'FollowDiscussion';
}
export class UnfollowDiscussion extends Command<OwnDiscussion> {
  readonly type = 'UnfollowDiscussion';
}
export class MuteDiscussion extends Command<OwnDiscussion> {
  readonly type = 'MuteDiscussion';
}
export class UnmuteDiscussion extends Command<OwnDiscussion> {
  readonly type = 'UnmuteDiscussion';
}
export class IgnoreMember extends Command<{ readonly by: Actor; readonly memberId: string }> {
  readonly type = 'IgnoreMember';
}
export class HeedMember extends Command<{ readonly by: Actor; readonly memberId: string }> {
  readonly type = 'HeedMember';
}

/** Absent fields stay as they are; of `ways` the kinds that are absent. */
export interface NotificationsWish {
  readonly ways?: Partial<NotificationWays>;
  readonly followOwn?: boolean;
  readonly quietHours?: QuietHours | null;
  readonly timeZone?: string | null;
}
export class ChooseNotifications extends Command<{ readonly by: Actor; readonly wish: NotificationsWish }> {
  readonly type = 'ChooseNotifications';
}

/** Nothing is read again after it was; `upTo` is no later than what the views show. */
export class MarkNotificationsRead extends Command<{ readonly by: Actor; readonly upTo: bigint }> {
  readonly type = 'MarkNotificationsRead';
}

/** Sent when a mail of the way is due. */
export class TellMember extends Command<{
  readonly by: Actor;
  readonly way: MailWay;
  readonly after: bigint;
  readonly upTo: bigint;
}> {
  readonly type = 'TellMember';
}

/** Sent when a push is due. */
export class TellDevices extends Command<{ readonly by: Actor; readonly after: bigint; readonly upTo: bigint }> {
  readonly type = 'TellDevices';
}

export type TellingCommand = TellMember | TellDevices;

export type InboxCommand =
  | FollowDiscussion
  | UnfollowDiscussion
  | MuteDiscussion
  | UnmuteDiscussion
  | IgnoreMember
  | HeedMember
  | ChooseNotifications
  | MarkNotificationsRead;
