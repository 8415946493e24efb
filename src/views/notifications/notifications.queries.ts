import type { Notification } from '../../../libs/client/index.ts';
import { isUuid } from '../../../libs/kernel/index.ts';
import { reading, statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT } from '../../../libs/vault/index.ts';
import {
  MOST_UNREAD_COUNTED,
  mailWayOf,
  NOTIFICATION_KINDS,
  type NotificationKind,
  type NotificationWay,
} from '../../../libs/words/index.ts';
import { answering } from '../answering.ts';
import { readNumberCursor, writeNumberCursor } from '../cursor.ts';
import { idBytes } from '../ids.ts';
import { moment } from '../moment.ts';
import { type PostTitle, titleOf } from '../post-list/door/titles.ts';
import { ReadPlaces } from '../shelf/door/read-places.ts';
import { SiteMemory } from '../site/door/site-memory.ts';
import { CommentPresenter } from '../thread/door/comment-presenter.ts';
import { type Attention, type AttentionParts, attentionOf, timesOf } from './attention.ts';
import { KeptChoices } from './kept-choices.ts';
import { type Listed, listed, NO_BOUND, toldIn } from './listed.ts';
import { dueAt } from './mail-times.ts';
import {
  CountUnread,
  GetCallingWork,
  GetFollowing,
  GetIgnored,
  GetNewNotifications,
  GetNotificationPreferences,
  GetNotifications,
  GetOwnAttention,
  GetQuietUntil,
  GetTellings,
  GetTellingWork,
  HasUnreadIn,
} from './notifications.query-types.ts';
import { callingWork } from './overdue.ts';
import { isRead, type ReadMarks, readMarksOf } from './read-marks.ts';
import { removalsTold } from './removed-translations.ts';
import { OF_ROLES } from './telling-rulings.ts';
import { tellingWork } from './telling-work.ts';
import { UnreadCounts } from './unread-counts.ts';

const LIST = 'notifications';
/** Of one mail or push; the page has the others. */
const MOST_MAILED = 50;
const NEEDS = { views: VIEWS, vault: VAULT } as const;

const isFollowing = statement<{ follows: number }>('SELECT follows FROM follow WHERE member = ? AND post = ?');

const READING = { ...NEEDS, places: ReadPlaces } as const;
const LISTING = { ...READING, presenter: CommentPresenter, counts: UnreadCounts } as const;

interface ReadingParts extends AttentionParts {
  readonly places: Pick<ReadPlaces, 'after'>;
}

interface PresentingParts extends AttentionParts {
  readonly presenter: CommentPresenter;
}

export const notificationQueries = [
  answering(GetNotifications, LISTING, async ({ reader, page, filter }, { counts, ...parts }) => {
    const { memberId } = reader;
    const attention = await attentionOf(memberId, parts);
    const before = page.cursor === null ? NO_BOUND : readNumberCursor(page.cursor, LIST);
    const sought = { memberId, attention, kinds: kindsBy('inbox', attention), before, most: page.limit };
    const marks = await readMarksOf(memberId, attention.readUpTo, parts.places);
    const filtered = filter === 'unread' ? unreadBy(marks) : { after: 0n };
    const { items, next } = reading(parts.views.db('notifications'), () =>
      listed(parts.views, { ...sought, ...filtered }),
    );
    return {
      items: await presentAll(items, marks, parts),
      next: next === null ? null : writeNumberCursor(next, LIST),
      unread: await counts.of(memberId, () => unreadNow(memberId, parts)),
    };
  }),
  answering(GetNewNotifications, LISTING, async ({ reader, span }, { counts, ...parts }) => {
    const { memberId } = reader;
    const attention = await attentionOf(memberId, parts);
    const bounds = { before: span.upTo + 1n, after: span.after, most: span.most };
    const sought = { memberId, attention, kinds: kindsBy('inbox', attention), ...bounds };
    const marks = await readMarksOf(memberId, attention.readUpTo, parts.places);
    const { items, next } = reading(parts.views.db('notifications'), () => listed(parts.views, sought));
    return {
      changes: await presentAll(items, marks, parts),
      reload: next !== null,
      unread: await counts.of(memberId, () => unreadNow(memberId, parts)),
    };
  }),
  answering(GetFollowing, { views: VIEWS }, ({ postId, memberIds }, { views }) => {
    const db = views.db('notifications');
    const post = idBytes(postId);
    return memberIds.filter((memberId) => isFollowing(db).get(idBytes(memberId), post)?.follows === 1);
  }),
  answering(GetTellingWork, { ...NEEDS, site: SiteMemory }, (look, { site, ...parts }) =>
    tellingWork(look, { ...parts, zone: site.now().timeZone }),
  ),
  answering(GetQuietUntil, { ...NEEDS, site: SiteMemory }, async ({ memberId, now }, { site, ...parts }) => {
    const { quietHours, timeZone } = await timesOf(memberId, parts);
    return dueAt('push', now, { zone: timeZone ?? site.now().timeZone, quietHours });
  }),
  answering(GetCallingWork, { views: VIEWS, site: SiteMemory }, ({ now }, { site, views }) =>
    callingWork({ now, hours: site.now().queuePromiseHours }, views),
  ),
  answering(GetTellings, { ...READING, presenter: CommentPresenter }, async ({ telling }, parts) => {
    const { memberId, way, after, upTo } = telling;
    const attention = await attentionOf(memberId, parts);
    const kinds =
      way === 'push'
        ? kindsBy('push', attention)
        : new Set(NOTIFICATION_KINDS.filter((kind) => mailWayOf(attention.ways, kind) === way));
    const marks = await readMarksOf(memberId, after > attention.readUpTo ? after : attention.readUpTo, parts.places);
    const sought = { memberId, attention, kinds, before: upTo + 1n, ...unreadBy(marks), most: MOST_MAILED };
    const { items } = reading(parts.views.db('notifications'), () => listed(parts.views, sought));
    const news = items.filter(({ outcome }) => way === 'push' || outcome !== OF_ROLES);
    const presented = await presentAll(news, marks, parts);
    const titles = titlesOf(parts.views, news);
    return presented.map((item) => ({ ...item, pageUrl: item.post && (titles.get(item.post.id)?.url ?? null) }));
  }),
  answering(CountUnread, { ...READING, counts: UnreadCounts }, ({ reader: { memberId } }, { counts, ...parts }) =>
    counts.of(memberId, () => unreadNow(memberId, parts)),
  ),
  answering(HasUnreadIn, { views: VIEWS }, ({ sought }, { views }) => toldIn(views.db('notifications'), sought)),
  answering(GetNotificationPreferences, NEEDS, async ({ memberId }, parts) => {
    const { ways, followOwn } = await attentionOf(memberId, parts);
    return { ways, followOwn, ...(await timesOf(memberId, parts)) };
  }),
  KeptChoices,
  answering(
    GetOwnAttention,
    { views: VIEWS, choices: KeptChoices },
    async ({ memberId, postId }, { views, choices }) => {
      const { muted, followOwn } = await choices.attentionOf(memberId);
      const row = isUuid(postId)
        ? isFollowing(views.db('notifications')).get(idBytes(memberId), idBytes(postId))
        : undefined;
      return {
        following: row?.follows === 1,
        muted: muted.has(postId),
        followsByComment: row === undefined && followOwn,
      };
    },
  ),
  answering(GetIgnored, { choices: KeptChoices }, async ({ memberId }, { choices }) => [
    ...(await choices.attentionOf(memberId)).ignored,
  ]),
];

/** The kinds of which a member wants to be told on a way. */
export function kindsBy(way: NotificationWay, { ways }: Attention): ReadonlySet<NotificationKind> {
  return new Set(NOTIFICATION_KINDS.filter((kind) => ways[kind].includes(way)));
}

function unreadBy(marks: ReadMarks) {
  return { after: marks.upTo, unreadBy: marks };
}

/** Counts what the member has not read. */
export async function unreadNow(memberId: string, parts: ReadingParts): Promise<number> {
  const attention = await attentionOf(memberId, parts);
  const kinds = kindsBy('inbox', attention);
  const marks = await readMarksOf(memberId, attention.readUpTo, parts.places);
  const bounds = { before: NO_BOUND, ...unreadBy(marks), most: MOST_UNREAD_COUNTED };
  return reading(
    parts.views.db('notifications'),
    () => listed(parts.views, { memberId, attention, kinds, ...bounds }).items.length,
  );
}

/** What was erased while its text was opened is left out. */
async function presentAll(
  items: readonly Listed[],
  marks: ReadMarks,
  { views, vault, presenter }: PresentingParts,
): Promise<readonly Notification[]> {
  const rows = items.flatMap(({ written }) => (written === null ? [] : [written]));
  const heads = new Map((await presenter.heads(rows)).map((head) => [head.id, head]));
  const titles = titlesOf(views, items);
  const removals = await removalsTold(items, { views, vault });
  return items.flatMap((item) => {
    const { n, kind, postId, commentId, outcome, at, written } = item;
    const head = commentId === null ? undefined : heads.get(commentId);
    if (written !== null && head === undefined) return [];
    const title = postId === null ? undefined : titles.get(postId);
    const language = head?.language === undefined ? {} : { language: head.language };
    const words = { author: head?.author ?? null, excerpt: head?.excerpt ?? null, ...language };
    return [
      {
        position: String(n),
        kind,
        at: moment(at),
        read: isRead(item, marks),
        post: title === undefined || postId === null ? null : { id: postId, slug: title.slug, title: title.title },
        comment: commentId === null ? null : { id: commentId, ...words },
        outcome,
        ...removals.get(String(n)),
      },
    ];
  });
}

/** Each is looked up once, whatever number of notifications tell of its discussion. */
function titlesOf(views: Pick<Views, 'db'>, items: readonly Listed[]): ReadonlyMap<string, PostTitle> {
  const titles = new Map<string, PostTitle>();
  for (const { postId } of items) {
    const title = postId === null || titles.has(postId) ? null : titleOf(views, postId);
    if (postId !== null && title !== null) titles.set(postId, title);
  }
  return titles;
}
