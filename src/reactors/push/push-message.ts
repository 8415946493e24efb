import type { PushedComment } from '../../domain/push/push.events.ts';
import type { Telling } from '../../views/notifications/notifications.query-types.ts';
import { sentenceOf, toldPathOf } from '../mail/told-words.ts';
import type { Words } from '../mail/words.ts';

/** What the service worker of the forum shows; see src/web/notifications/browser/sw.ts. */
export interface PushMessage {
  /** One notification of a tag stands at a time. */
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  /** The page that a press opens. */
  readonly path: string;
  /** BCP 47. */
  readonly lang: string;
  /** Whether it takes the place of what was shown before without a sound. */
  readonly quiet: boolean;
  /** Whether there is nothing to show where it is not shown any more: the member has read what it told. */
  readonly read: boolean;
}

/** Characters; with both at their longest in four bytes each, and all else, a push stays below 2 kB. */
const LONGEST_TITLE = 160;
const LONGEST_BODY = 240;

export interface ToldByPush {
  readonly pushId: string;
  /** Above 0 it takes the place of what the device shows. */
  readonly round: number;
  /** Whether what is not told any more was read, and is not gone. */
  readonly isRead: boolean;
  /** Newest first. */
  readonly items: readonly Telling[];
  readonly site: string;
}

/** What is new, in one line for one thing, and by its number for several; null where there is nothing to say. */
export function pushMessage({ pushId, round, isRead, items, site }: ToldByPush, words: Words): PushMessage | null {
  const [newest] = items;
  const frame = { tag: pushId, lang: words.locale, quiet: round > 0, read: false };
  if (newest === undefined) {
    if (round === 0) return null;
    const body = words.t(isRead ? 'told.allRead' : 'told.withdrawn');
    return { ...frame, read: isRead, title: site, body, path: '/notifications' };
  }
  const sentence = sentenceOf(newest, words);
  if (items.length === 1) {
    const body = newest.comment?.excerpt ?? '';
    return { ...frame, title: cut(sentence, LONGEST_TITLE), body: cut(body, LONGEST_BODY), path: toldPathOf(newest) };
  }
  const title = words.t('told.several', { count: items.length, site });
  return { ...frame, title: cut(title, LONGEST_TITLE), body: cut(sentence, LONGEST_BODY), path: '/notifications' };
}

/** The comments that others wrote and a push tells of. */
export function pushedIn(items: readonly Telling[]): readonly PushedComment[] {
  return items.flatMap(({ comment, post }) =>
    comment !== null && comment.excerpt !== null && post !== null ? [{ commentId: comment.id, postId: post.id }] : [],
  );
}

function cut(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
