import type { Database } from 'better-sqlite3';
import { isUuid } from '../../../libs/kernel/index.ts';
import type { CommentStatus, NotificationKind } from '../../../libs/words/index.ts';
import { idBytes, idText } from '../ids.ts';
import type { StoredOf } from '../stored.ts';
import { AUTHOR_OF_COMMENT } from './known.ts';
import type { NotificationsProjected } from './notifications.query-types.ts';
import type { PendingMails } from './pending-mails.ts';

/** What was ruled on members and their comments, and what they asked for. */
export const RULING_TYPES = [
  'CommentReported.v1',
  'CommentDecided.v1',
  'CommentRemoved.v1',
  'ErasureRequested.v1',
  'MemberSanctioned.v1',
  'SanctionLifted.v1',
  'AppealDecided.v1',
  'AnswerAccepted.v1',
  'AcceptanceTakenBack.v1',
  'MemberRolesChanged.v1',
  'TranslationReported.v1',
  'TranslationRemoved.v2',
  'TranslationReportsDismissed.v1',
] as const;

type Ruling = StoredOf<(typeof RULING_TYPES)[number]>;

/** The outcome of a comment that was accepted as the answer. */
export const ACCEPTED = 'accepted';

/** The outcome of a comment that was purged. */
export const PURGED: CommentStatus = 'erased';

/** The outcome of a decision on a member's roles. It has a mail of its own, so the mails of news leave it out. */
export const OF_ROLES = 'roles';

/** The outcomes of a translation that a moderator removed, and of one that was reported and kept. */
export const TRANSLATION_REMOVED = 'translation-removed';
export const TRANSLATION_KEPT = 'translation-kept';

interface About {
  readonly kind: NotificationKind;
  readonly outcome: string;
  readonly comment?: Buffer | null;
  /** That of the comment unless told. */
  readonly post?: Buffer;
}

/** Tells members what was ruled on them, and those who reported a comment or a translation what became of it. */
export function tellOfRulings(db: Database, mails: PendingMails): (event: Ruling) => readonly NotificationsProjected[] {
  const report = db.prepare('INSERT OR IGNORE INTO report (comment, member) VALUES (?, ?)');
  const reporters = db.prepare<[Buffer], { member: Buffer }>(
    'SELECT member FROM report WHERE comment = ? ORDER BY member',
  );
  const answered = db.prepare('DELETE FROM report WHERE comment = ?');
  const authorOf = db.prepare<[Buffer], { author: Buffer | null }>(AUTHOR_OF_COMMENT);
  const add = db.prepare(`
    INSERT OR IGNORE INTO told (member, n, kind, post, comment, outcome, at)
    VALUES (?, ?, ?, coalesce(?, (SELECT p.id FROM comment c JOIN known p ON p.n = c.post WHERE c.id = ?)), ?, ?, ?)`);

  const untell = db.prepare(`
    DELETE FROM told INDEXED BY told_comment WHERE comment = ? AND kind = 'decision' AND outcome = ?`);

  /** Nobody is told of what they did themselves. */
  const tell = (event: Ruling, member: Buffer, about: About): NotificationsProjected[] => {
    const { kind, outcome, comment = null, post = null } = about;
    if (isUuid(event.actor) && idBytes(event.actor).equals(member)) return [];
    add.run(member, event.position, kind, post, comment, comment, outcome, Date.parse(event.recordedAt));
    mails.pend(member, kind, event, outcome === OF_ROLES);
    return [{ members: [idText(member)], postId: null }];
  };

  const ruledOn = (event: Ruling, commentId: string, { outcome, changes }: { outcome: string; changes: boolean }) => {
    const comment = idBytes(commentId);
    const author = authorOf.get(comment)?.author ?? null;
    const told = author === null || !changes ? [] : tell(event, author, { kind: 'decision', outcome, comment });
    const asked = reporters
      .all(comment)
      .flatMap(({ member }) => tell(event, member, { kind: 'answer', outcome, comment }));
    answered.run(comment);
    return [...told, ...asked];
  };

  const translations = followTranslations(db, tell);
  return (event) => {
    switch (event.type) {
      case 'CommentReported.v1':
        report.run(idBytes(event.data.commentId), idBytes(event.data.memberId));
        return [];
      case 'CommentDecided.v1': {
        const { from, to, commentId } = event.data;
        return ruledOn(event, commentId, { outcome: to, changes: from !== to });
      }
      case 'CommentRemoved.v1':
        if (event.data.by === 'author') return [];
        return ruledOn(event, event.data.commentId, { outcome: 'removed', changes: true });
      case 'ErasureRequested.v1': {
        const { commentId } = event.data;
        return commentId === null ? [] : ruledOn(event, commentId, { outcome: PURGED, changes: true });
      }
      case 'MemberSanctioned.v1': {
        const { memberId, kind: outcome, commentId } = event.data;
        const comment = commentId === null ? null : idBytes(commentId);
        return tell(event, idBytes(memberId), { kind: 'sanction', outcome, comment });
      }
      case 'SanctionLifted.v1':
        // An appeal that is granted lifts in the same step, and says so itself.
        if (event.data.because === 'appeal') return [];
        return tell(event, idBytes(event.data.memberId), { kind: 'sanction', outcome: 'lifted' });
      case 'AppealDecided.v1':
        return tell(event, idBytes(event.data.memberId), { kind: 'answer', outcome: event.data.outcome });
      case 'AnswerAccepted.v1': {
        const comment = idBytes(event.data.commentId);
        const author = authorOf.get(comment)?.author ?? null;
        return author === null ? [] : tell(event, author, { kind: 'decision', outcome: ACCEPTED, comment });
      }
      case 'AcceptanceTakenBack.v1': {
        const comment = idBytes(event.data.commentId);
        const author = authorOf.get(comment)?.author ?? null;
        untell.run(comment, ACCEPTED);
        return author === null ? [] : [{ members: [idText(author)], postId: null }];
      }
      case 'MemberRolesChanged.v1':
        // What the program itself does is set up by those who run it.
        return isUuid(event.actor)
          ? tell(event, idBytes(event.data.memberId), { kind: 'decision', outcome: OF_ROLES })
          : [];
      case 'TranslationReported.v1':
      case 'TranslationRemoved.v2':
      case 'TranslationReportsDismissed.v1':
        return translations(event);
      default:
        return event satisfies never;
    }
  };
}

type OfTranslation = Extract<Ruling, { readonly type: `Translation${string}` }>;

/** Whoever loses a translation to a moderator is told, and those who reported it, as they are where it stays. */
function followTranslations(
  db: Database,
  tell: (event: Ruling, member: Buffer, about: About) => NotificationsProjected[],
): (event: OfTranslation) => NotificationsProjected[] {
  const report = db.prepare('INSERT OR IGNORE INTO reported_translation (translation, member) VALUES (?, ?)');
  const reporters = db
    .prepare<[Buffer], Buffer>('SELECT member FROM reported_translation WHERE translation = ? ORDER BY member')
    .pluck();
  const answered = db.prepare('DELETE FROM reported_translation WHERE translation = ? AND member = ?');
  return (event) => {
    const { translationId, postId, commentId } = event.data;
    const id = idBytes(translationId);
    const place = { post: idBytes(postId), comment: commentId === null ? null : idBytes(commentId) };
    const answer = (members: readonly Buffer[], outcome: string) =>
      members.flatMap((member) => {
        answered.run(id, member);
        return tell(event, member, { kind: 'answer', outcome, ...place });
      });
    switch (event.type) {
      case 'TranslationReported.v1':
        report.run(id, idBytes(event.data.memberId));
        return [];
      case 'TranslationReportsDismissed.v1': {
        const members = new Set(event.data.reports.map(({ memberId }) => memberId));
        return answer([...members].map(idBytes), TRANSLATION_KEPT);
      }
      case 'TranslationRemoved.v2': {
        // What its translator took back may be written again, and is reported then as before.
        if (event.data.by === 'translator' || event.data.by === 'author') return [];
        const waiting = reporters.all(id);
        if (event.data.by === 'erasure') {
          for (const member of waiting) answered.run(id, member);
          return [];
        }
        const translator = idBytes(event.data.memberId);
        const told = tell(event, translator, { kind: 'decision', outcome: TRANSLATION_REMOVED, ...place });
        return [...told, ...answer(waiting, TRANSLATION_REMOVED)];
      }
      default:
        return event satisfies never;
    }
  };
}
