import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { idBytes } from '../ids.ts';
import { isOneOf, type StoredOf } from '../stored.ts';
import { LOG_TABLES } from './log.schema.ts';
import { LogRows } from './log-rows.ts';

const EVENT_TYPES = [
  'CommentJudged.v1',
  'CommentDecided.v1',
  'CommentRemoved.v1',
  'CommentErased.v1',
  'ErasureRequested.v1',
  'CommentReported.v1',
  'MemberSanctioned.v1',
  'SanctionLifted.v1',
  'WarningAcknowledged.v1',
  'SanctionAppealed.v1',
  'AppealDecided.v1',
  'MemberNoted.v1',
  'MemberRolesChanged.v1',
  'MemberApproved.v1',
  'MemberRefused.v1',
  'PolicySet.v1',
  'DiscussionChanged.v2',
  'AnswerAccepted.v1',
  'AcceptanceTakenBack.v1',
  'CommentFeatured.v1',
  'CommentUnfeatured.v1',
  'PostWithdrawn.v1',
  'PostBroughtBack.v1',
  'TranslationRemoved.v2',
  'TranslationReported.v1',
  'TranslationReportsDismissed.v1',
] as const;
/** What is told of a mark on a comment. */
const MARKS = {
  'AnswerAccepted.v1': 'accepted',
  'AcceptanceTakenBack.v1': 'unaccepted',
  'CommentFeatured.v1': 'featured',
  'CommentUnfeatured.v1': 'unfeatured',
} as const;
type Entry = StoredOf<(typeof EVENT_TYPES)[number]>;

const DEFINITION: Omit<ViewDefinition, 'version'> = {
  name: 'moderation-log',
  ...LOG_TABLES,
  isSmall: true,
  eventTypes: EVENT_TYPES,
  digestQueries: [
    'SELECT * FROM entry ORDER BY n',
    'SELECT * FROM waiting ORDER BY comment',
    'SELECT * FROM undoing ORDER BY by',
  ],
  open: openLog,
};

/**
 * Everything that was done in moderation, by whom, and its result. An upgrade serves version 8 meanwhile, whose rows are
 * the same.
 */
export const moderationLogView: ViewDefinition = {
  ...DEFINITION,
  version: 9,
  previous: { ...DEFINITION, version: 8 },
};

function openLog(db: Database): Projection {
  const rows = new LogRows(db);
  return (event) => {
    if (isOneOf(event, EVENT_TYPES)) record(rows, event);
    return undefined;
  };
}

function record(rows: LogRows, event: Entry): void {
  switch (event.type) {
    case 'CommentJudged.v1':
      rows.waits(event.data.commentId, event);
      return rows.add(event, { kind: 'policy-verdict', action: event.data.measure, ...about(event.data) });
    case 'CommentDecided.v1':
      return decided(rows, event);
    case 'CommentRemoved.v1': {
      rows.waitsNoMore(event.data.commentId);
      const kind = event.data.by === 'author' ? 'removed-by-author' : 'decision';
      return rows.add(event, { kind, action: 'remove', reason: event.data.reason, ...about(event.data) });
    }
    case 'CommentErased.v1':
      return rows.waitsNoMore(event.data.commentId);
    case 'ErasureRequested.v1': {
      const { subject, commentId } = event.data;
      if (subject === 'comment') rows.add(event, { kind: 'comment-purged', action: 'purge', comment: commentId });
      return undefined;
    }
    case 'CommentReported.v1': {
      const { authorId, reason } = event.data;
      rows.waits(event.data.commentId, event);
      return rows.add(event, { kind: 'report', action: 'report', reason, member: authorId, ...about(event.data) });
    }
    case 'MemberSanctioned.v1': {
      const { memberId: member, kind: action, reason, commentId } = event.data;
      return rows.add(event, { kind: 'sanction', action, member, reason, comment: commentId });
    }
    case 'SanctionLifted.v1': {
      const { memberId: member, kind: action, because: reason } = event.data;
      return rows.add(event, { kind: 'sanction-lifted', action, member, reason });
    }
    case 'WarningAcknowledged.v1':
      return rows.add(event, { kind: 'warning-acknowledged', action: 'acknowledge', member: event.data.memberId });
    case 'SanctionAppealed.v1':
      return rows.add(event, { kind: 'appeal', action: 'appeal', member: event.data.memberId });
    case 'AppealDecided.v1':
      return rows.add(event, { kind: 'appeal-decided', action: event.data.outcome, member: event.data.memberId });
    case 'MemberNoted.v1':
      return rows.add(event, { kind: 'note', action: 'note', member: event.data.memberId });
    case 'MemberRolesChanged.v1':
      return rows.add(event, {
        kind: 'roles-changed',
        action: event.data.roles.join(' '),
        member: event.data.memberId,
      });
    case 'MemberApproved.v1':
      return rows.add(event, { kind: 'member-approved', action: 'approve', member: event.data.memberId });
    case 'MemberRefused.v1':
      return rows.add(event, { kind: 'member-refused', action: 'refuse', member: event.data.memberId });
    case 'PolicySet.v1':
      return rows.add(event, { kind: 'policy-set', action: `version ${event.data.version}` });
    case 'DiscussionChanged.v2': {
      const { postId: post, reason } = event.data;
      return rows.add(event, { kind: 'discussion-changed', action: settingsIn(event.data), reason, post });
    }
    case 'AnswerAccepted.v1':
    case 'AcceptanceTakenBack.v1':
    case 'CommentFeatured.v1':
    case 'CommentUnfeatured.v1':
      return rows.add(event, { kind: 'discussion-changed', action: MARKS[event.type], ...about(event.data) });
    case 'PostWithdrawn.v1':
      return rows.add(event, { kind: 'post-withdrawn', action: 'withdraw', post: event.data.postId });
    case 'PostBroughtBack.v1':
      return rows.add(event, { kind: 'post-brought-back', action: 'bring-back', post: event.data.postId });
    case 'TranslationRemoved.v2': {
      const { by, reason, memberId: member, commentId: comment, postId: post } = event.data;
      if (by === 'moderator')
        rows.add(event, { kind: 'translation-removed', action: 'remove', reason, member, comment, post });
      return undefined;
    }
    case 'TranslationReported.v1': {
      const { reason, translatorId: member, commentId: comment, postId: post } = event.data;
      return rows.add(event, { kind: 'translation-report', action: 'report', reason, member, comment, post });
    }
    case 'TranslationReportsDismissed.v1': {
      const { memberId: member, commentId: comment, postId: post } = event.data;
      return rows.add(event, { kind: 'translation-kept', action: 'keep', member, comment, post });
    }
    default:
      return event satisfies never;
  }
}

function decided(rows: LogRows, event: StoredOf<'CommentDecided.v1'>): void {
  const { commentId, decisionId: decision, action, to, reason, undoes } = event.data;
  const waited = undoes === null ? rows.waitedFor(commentId, event) : null;
  if (to === 'held') rows.waits(commentId, event);
  else rows.waitsNoMore(commentId);
  const name = undoes === null ? action : 'undo';
  rows.add(event, { kind: 'decision', action: name, reason, decision, waited, ...about(event.data) });
  if (undoes !== null) rows.takenBack(idBytes(undoes), idBytes(decision));
}

/** The settings that changed, with their new values: `closed slow-mode=60 pinned`. */
function settingsIn({ state, slowModeSeconds, pinnedCommentId }: StoredOf<'DiscussionChanged.v2'>['data']): string {
  const words = [
    state,
    slowModeSeconds === undefined ? undefined : `slow-mode=${slowModeSeconds}`,
    pinnedCommentId === undefined ? undefined : pinnedCommentId === null ? 'unpinned' : 'pinned',
  ];
  return words.filter((word) => word !== undefined).join(' ');
}

function about({ commentId, postId }: { readonly commentId: string; readonly postId: string }) {
  return { comment: commentId, post: postId };
}
