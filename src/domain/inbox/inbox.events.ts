import type { Fact } from '../../../libs/kernel/index.ts';
import { MAIL_WAYS, type MailWay, type NotificationWays } from '../../../libs/words/index.ts';
import { anyOf, type Catalogue, MEANING } from '../catalogue-entry.ts';

/** Times of the day in the member's zone, such as 22:00 and 07:00; within them neither mail nor push is sent. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

interface FollowData {
  readonly memberId: string;
  readonly postId: string;
}

/** Stream `inbox-<memberId>`: what a member wants to be told of. */
export type DiscussionFollowed = Fact<'DiscussionFollowed.v1', FollowData, null>;
export type DiscussionUnfollowed = Fact<'DiscussionUnfollowed.v1', FollowData, null>;
/** Sealed as a whole list, so that nobody reads in the log what a member is tired of. */
export type MutesChanged = Fact<
  'MutesChanged.v1',
  { readonly memberId: string },
  { readonly muted: readonly string[] }
>;
export type IgnoresChanged = Fact<
  'IgnoresChanged.v1',
  { readonly memberId: string },
  { readonly ignored: readonly string[] }
>;
/** The whole choice; kinds and ways that came later are off. */
export type NotificationsChosen = Fact<
  'NotificationsChosen.v1',
  { readonly memberId: string; readonly ways: NotificationWays; readonly followOwn: boolean },
  { readonly quietHours: QuietHours | null; readonly timeZone: string | null }
>;
export type NotificationsRead = Fact<
  'NotificationsRead.v1',
  { readonly memberId: string; readonly upTo: string },
  null
>;

/** The forum wrote a mail of what happened after one position up to another. */
export type MemberTold = Fact<
  'MemberTold.v1',
  { readonly memberId: string; readonly way: MailWay; readonly after: string; readonly upTo: string },
  null
>;

/** The same for a push to the devices of the member. */
export type DevicesTold = Fact<
  'DevicesTold.v1',
  { readonly memberId: string; readonly after: string; readonly upTo: string },
  null
>;

export type InboxEvent =
  | MemberTold
  | DevicesTold
  | DiscussionFollowed
  | DiscussionUnfollowed
  | MutesChanged
  | IgnoresChanged
  | NotificationsChosen
  | NotificationsRead;

const INBOX_STREAM = 'inbox-<memberId>';
const FOLLOW_DATA = { memberId: MEANING.member, postId: MEANING.discussedPost };

export const INBOX_EVENTS: Catalogue<InboxEvent> = {
  'DiscussionFollowed.v1': {
    stream: INBOX_STREAM,
    sentence: 'A member follows a discussion from now on. Who comments follows too, without such an event.',
    data: FOLLOW_DATA,
    personal: null,
  },
  'DiscussionUnfollowed.v1': {
    stream: INBOX_STREAM,
    sentence: 'A member follows a discussion no longer, however often the member comments there.',
    data: FOLLOW_DATA,
    personal: null,
  },
  'MutesChanged.v1': {
    stream: INBOX_STREAM,
    sentence: 'A member muted a discussion, or wants to hear of it again.',
    data: { memberId: MEANING.member },
    personal: { muted: 'The posts of all discussions that are muted now.' },
  },
  'IgnoresChanged.v1': {
    stream: INBOX_STREAM,
    sentence: 'A member ignores another one, or no longer.',
    data: { memberId: MEANING.member },
    personal: { ignored: 'All members who are ignored now.' },
  },
  'NotificationsChosen.v1': {
    stream: INBOX_STREAM,
    sentence: 'A member chose what to be told of, and on which ways.',
    data: {
      memberId: MEANING.member,
      ways: 'For each kind of notification the ways that are on.',
      followOwn: 'Whether the member follows a discussion by commenting.',
    },
    personal: {
      quietHours: 'From when to when neither mail nor push is sent, as times of the day, or null.',
      timeZone: 'The zone of these times and of digests (IANA), or null for the zone of the site.',
    },
  },
  'NotificationsRead.v1': {
    stream: INBOX_STREAM,
    sentence: 'A member has seen all notifications up to a position of the log.',
    data: { memberId: MEANING.member, upTo: 'The position, in decimal.' },
    personal: null,
  },
  'MemberTold.v1': {
    stream: INBOX_STREAM,
    sentence: 'A mail is written that tells a member what is new; no other mail of this way tells the same.',
    data: {
      memberId: MEANING.member,
      way: `${anyOf(MAIL_WAYS)}: at once, of a day, of a week.`,
      after: 'The position after which it begins, in decimal.',
      upTo: 'The last position that it tells of, in decimal.',
    },
    personal: null,
  },
  'DevicesTold.v1': {
    stream: INBOX_STREAM,
    sentence: 'A push is written that tells the devices of a member what is new; no other push tells the same.',
    data: {
      memberId: MEANING.member,
      after: 'The position after which it begins, in decimal.',
      upTo: 'The last position that it tells of, in decimal.',
    },
    personal: null,
  },
};
