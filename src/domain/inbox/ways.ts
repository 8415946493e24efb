import {
  NOTIFICATION_KINDS,
  NOTIFICATION_WAYS,
  type NotificationKind,
  type NotificationWay,
  type NotificationWays,
} from '../../../libs/words/index.ts';

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
