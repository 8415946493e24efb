import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { idBytes, idText } from '../ids.ts';
import { isOneOf, type StoredOf } from '../stored.ts';
import type { ReadableComment } from '../thread/door/readable.ts';
import { STANDING_TYPES, standingAfterStored } from '../thread/door/standing.ts';
import type { Adding } from './adding.ts';
import { FollowedByComment } from './followed-by-comment.ts';
import { AuthorsOfComments, KnownNumbers } from './known.ts';
import type { NotificationsProjected } from './notifications.query-types.ts';
import type { PendingMails } from './pending-mails.ts';

/** What tells of comments besides the events after which they stand otherwise. */
export const SHOWING_TYPES = ['CommentClaimed.v1', 'CommentEdited.v1', 'MembersMentioned.v1'] as const;

const POSTING = ['CommentPosted.v1'] as const;

/** `shown` is the position at which readers first saw it. */
type WatchedRow = Pick<ReadableComment, 'id' | 'post' | 'parent' | 'author'> & {
  readonly shown: bigint | number | null;
  readonly visible: number;
};

/** What one append has told so far: a comment that is held in the append that posts it was never shown. */
interface Appending {
  readonly correlationId: string;
  readonly stream: string;
  /** The position of its first event. */
  readonly from: bigint;
  shown: boolean;
  told: Buffer[];
}

type Told = readonly NotificationsProjected[];
const NOTHING: Told = [];

interface TellingParts {
  readonly mails: PendingMails;
  readonly adding: Adding;
  /** False where nobody hears what is told: a comment that is posted then tells nothing. */
  readonly tells: boolean;
}

/** Tells of comments when readers first see them; a comment that is shown again tells nobody twice. */
export function tellOfComments(db: Database, { mails, adding, tells }: TellingParts): (event: RecordedEvent) => Told {
  const rows = commentRows(db);
  const numbers = new KnownNumbers(db);
  const authors = new AuthorsOfComments(db);
  const followed = new FollowedByComment(db, adding);
  let appending: Appending = { correlationId: '', stream: '', from: 0n, shown: false, told: [] };

  const show = (comment: WatchedRow, event: RecordedEvent): Told => {
    rows.show.run(event.position, Date.parse(event.recordedAt), comment.id);
    const answered = comment.parent === null ? null : authors.of(idText(comment.parent));
    return tellOfShown(comment, event, [
      ...tell(comment, answered, { kind: 'reply', event }),
      ...tellMentioned(comment, event),
    ]);
  };

  const tellOfShown = (comment: WatchedRow, event: RecordedEvent, told: readonly Buffer[]): Told => {
    appending.shown = true;
    mails.pendFollowers(comment, event);
    if (!tells) return NOTHING;
    return [{ members: told.map(idText), postId: idText(comment.post) }];
  };

  const tellMentioned = (comment: WatchedRow, event: RecordedEvent): readonly Buffer[] =>
    rows.mentioned.all(comment.id).flatMap(({ member }) => tell(comment, member, { kind: 'mention', event }));

  const tell = (comment: WatchedRow, member: Buffer | null, { kind, event }: Telling): readonly Buffer[] => {
    if (member === null || (comment.author !== null && member.equals(comment.author))) return [];
    // Of a comment that is posted now nobody was told before whom it answers.
    const isFirst = kind === 'reply' && comment.shown === event.position;
    if (!isFirst && rows.isTold.get(comment.id, member) !== undefined) return [];
    const at = Date.parse(event.recordedAt);
    adding[isFirst ? 'toldFirst' : 'told']([member, event.position, kind, comment.post, comment.id, at]);
    appending.told.push(member);
    mails.pend(member, kind, event);
    return [member];
  };

  const hide = (comment: WatchedRow): Told => {
    if (appending.shown || appending.told.length > 0) mails.takeBack(appending.from);
    if (appending.shown) rows.unshow.run(comment.id);
    for (const member of appending.told) rows.untell.run(comment.id, member);
    appending.told = [];
    if (comment.shown === null || appending.shown) return NOTHING;
    return [{ members: [], postId: idText(comment.post), anybody: true }];
  };

  const post = (event: StoredOf<'CommentPosted.v1'>): Told => {
    const { commentId, postId, parentId, authorId } = event.data;
    const id = idBytes(commentId);
    const parent = parentId === null ? null : idBytes(parentId);
    const post = numbers.of(postId);
    const author = authorId === null ? null : numbers.of(authorId);
    const at = Date.parse(event.recordedAt);
    adding.comment(commentId, [id, post.n, parent, author?.n ?? null, event.position, at]);
    authors.remember(commentId, author?.id ?? null);
    if (author !== null) followed.follow(author, post, event.position);
    const comment = { id, post: post.id, parent, author: author?.id ?? null, shown: event.position, visible: 1 };
    const answered = parentId === null ? null : authors.of(parentId);
    // Whom it mentions is told of by later events.
    return tellOfShown(comment, event, tell(comment, answered, { kind: 'reply', event }));
  };

  /** A text that readers see tells at once; another one when they see it. */
  const mention = (event: StoredOf<'MembersMentioned.v1'>): Told => {
    const comment = rows.byId.get(idBytes(event.data.commentId));
    const members = event.data.memberIds.map(idBytes);
    for (const member of members) rows.mention.run(idBytes(event.data.commentId), member);
    if (comment === undefined || comment.shown === null || comment.visible === 0) return NOTHING;
    const told = members.flatMap((member) => tell(comment, member, { kind: 'mention', event }));
    return [{ members: told.map(idText), postId: null }];
  };

  return (event) => {
    if (event.stream !== appending.stream || event.correlationId !== appending.correlationId) {
      appending = {
        correlationId: event.correlationId,
        stream: event.stream,
        from: event.position,
        shown: false,
        told: [],
      };
    }
    if (isOneOf(event, POSTING)) return post(event);
    if (isOneOf(event, ['MemberErased.v1'])) {
      numbers.forget(event.data.memberId);
      followed.clear();
      authors.clear();
    }
    if (isOneOf(event, ['NotificationsChosen.v1'])) followed.chosen();
    if (isOneOf(event, ['MembersMentioned.v1'])) return mention(event);
    if (isOneOf(event, ['CommentClaimed.v1'])) {
      rows.claim.run(numbers.of(event.data.memberId).n, idBytes(event.data.commentId));
      authors.forget(event.data.commentId);
      return [{ members: [event.data.memberId], postId: null }];
    }
    if (isOneOf(event, ['CommentEdited.v1'])) {
      rows.unmention.run({ id: idBytes(event.data.commentId) });
      return NOTHING;
    }
    if (!isOneOf(event, STANDING_TYPES)) return NOTHING;
    const status = standingAfterStored(event);
    const comment = rows.byId.get(idBytes(event.data.commentId));
    if (status === null || comment === undefined) return NOTHING;
    rows.stand.run(status === 'visible' ? 1 : 0, comment.id);
    if (status !== 'visible') return hide(comment);
    if (comment.shown === null) return show(comment, event);
    return [{ members: tellMentioned(comment, event).map(idText), postId: idText(comment.post), anybody: true }];
  };
}

interface Telling {
  readonly kind: 'reply' | 'mention';
  readonly event: RecordedEvent;
}

function commentRows(db: Database) {
  return {
    byId: db.prepare<[Buffer], WatchedRow>(`
      SELECT c.id, p.id AS post, c.parent, a.id AS author, c.shown, c.visible
      FROM comment c JOIN known p ON p.n = c.post LEFT JOIN known a ON a.n = c.author WHERE c.id = ?`),
    claim: db.prepare('UPDATE comment SET author = ? WHERE id = ?'),
    show: db.prepare('UPDATE comment SET shown = ?, at = ? WHERE id = ?'),
    stand: db.prepare('UPDATE comment SET visible = ? WHERE id = ?'),
    // Whom a text mentions that no reader saw is told of the next text alone.
    unmention: db.prepare(`
      DELETE FROM mentioned WHERE comment = @id AND EXISTS (SELECT 1 FROM comment WHERE id = @id AND visible = 0)`),
    unshow: db.prepare('UPDATE comment SET shown = NULL, at = NULL WHERE id = ?'),
    mention: db.prepare('INSERT OR IGNORE INTO mentioned (comment, member) VALUES (?, ?)'),
    mentioned: db.prepare<[Buffer], { member: Buffer }>(
      'SELECT member FROM mentioned WHERE comment = ? ORDER BY member',
    ),
    isTold: db.prepare<[Buffer, Buffer], unknown>(
      "SELECT 1 FROM told INDEXED BY told_comment WHERE comment = ? AND member = ? AND kind IN ('reply', 'mention')",
    ),
    untell: db.prepare(
      "DELETE FROM told INDEXED BY told_comment WHERE comment = ? AND member = ? AND kind IN ('reply', 'mention')",
    ),
  };
}
