/**
 * What members are told of. `followed`: a comment in a discussion that one follows; `queue`: for those who moderate. New ones
 * come at the end: the links of sent mails name kinds by their place.
 */
export const NOTIFICATION_KINDS = ['reply', 'mention', 'followed', 'decision', 'sanction', 'answer', 'queue'] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** The ways of being told: the page of notifications, a mail at once, one a day or one a week, and push. */
export const NOTIFICATION_WAYS = ['inbox', 'mail', 'daily', 'weekly', 'push'] as const;
export type NotificationWay = (typeof NOTIFICATION_WAYS)[number];

/** The ways that are on, by kind. */
export type NotificationWays = Readonly<Record<NotificationKind, readonly NotificationWay[]>>;

/** The ways of somebody who has chosen none. */
export const USUAL_WAYS: NotificationWays = {
  reply: ['inbox', 'mail'],
  mention: ['inbox', 'mail'],
  followed: ['inbox'],
  decision: ['inbox', 'mail'],
  sanction: ['inbox', 'mail'],
  answer: ['inbox', 'mail'],
  queue: ['inbox'],
};

/** A time of the day, from 00:00 to 23:59. */
export const DAY_TIME_PATTERN = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The discussions that a member may follow by choice; of all that are followed, the newest so many are read. */
export const MOST_FOLLOWED = 1_000;
export const MOST_MUTED = 200;
export const MOST_IGNORED = 200;
/** The members whom the mentions of one text tell; all others are links and nothing more. */
export const MOST_MENTIONED = 10;
/** Unread notifications are counted up to here. */
export const MOST_UNREAD_COUNTED = 100;

/** In the order of the words, each way once; a kind that is missing has no way, and a word that is not known is left out. */
export function wholeWays(ways: Partial<NotificationWays>): NotificationWays {
  const of = (kind: NotificationKind): readonly NotificationWay[] =>
    NOTIFICATION_WAYS.filter((way) => ways[kind]?.includes(way));
  return {
    reply: of('reply'),
    mention: of('mention'),
    followed: of('followed'),
    decision: of('decision'),
    sanction: of('sanction'),
    answer: of('answer'),
    queue: of('queue'),
  };
}

export function isNotificationKind(word: string): word is NotificationKind {
  return NOTIFICATION_KINDS.some((kind) => kind === word);
}

/** The ways that are mails. */
export const MAIL_WAYS = ['mail', 'daily', 'weekly'] as const satisfies readonly NotificationWay[];
export type MailWay = (typeof MAIL_WAYS)[number];

/** The ways on which members are told without looking. */
export type ToldWay = MailWay | 'push';

/** The mail of a kind that comes first: what one mail has told, no digest tells again. Null where no mail is on. */
export function mailWayOf(ways: NotificationWays, kind: NotificationKind): MailWay | null {
  return MAIL_WAYS.find((way) => ways[kind].includes(way)) ?? null;
}

/** The reactor that tells members by mail and by push; its first lease is where its work begins. */
export const TELLING = 'telling';
/** The reactor that tells those who moderate that the queue waits longer than promised. */
export const CALLING = 'queue';
