import { APPEAL_OUTCOMES, DECISION_ACTIONS, REPORT_REASONS, SANCTION_KINDS } from '../../libs/words/index.ts';
import { anyOf, type Catalogue } from './catalogue-entry.ts';
import type { CommentDecided, CommentJudged } from './comment/decision.events.ts';
import type { PolicyEvent } from './policy/policy.events.ts';
import type { ReportEvent } from './report/report.events.ts';
import type { SanctionEvent } from './sanction/sanction.events.ts';

const COMMENT_ID = 'The comment.';
const POST_ID = 'The post that is discussed.';
const MEMBER_ID = 'The member.';
const SANCTION_ID = 'The sanction.';
const SANCTION_KIND = `${anyOf(SANCTION_KINDS)}.`;
const REASON = anyOf(REPORT_REASONS);

export const DECISION_EVENTS: Catalogue<CommentJudged | CommentDecided> = {
  'CommentJudged.v1': {
    stream: 'comment-<commentId>',
    sentence:
      'The policy caught the newest text of the comment, before readers saw it. Its actor is `policy`; in older events it is the author of the text.',
    data: {
      commentId: COMMENT_ID,
      postId: POST_ID,
      measure: '`report` (shown to readers, and put before the moderators), `hold` or `reject`.',
      policyVersion: 'The version of the policy that was in force.',
      rules: 'The rules that caught it, in the order of the policy.',
    },
    personal: { matched: 'For each rule with what it caught it: a part of the text, or what was counted.' },
  },
  'CommentDecided.v1': {
    stream: 'comment-<commentId>',
    sentence: 'A moderator ruled on a comment, or took a ruling back.',
    data: {
      commentId: COMMENT_ID,
      postId: POST_ID,
      decisionId: 'The decision, by which it can be taken back.',
      action: `${anyOf(DECISION_ACTIONS)}.`,
      from: 'The status before: `visible`, `held`, `rejected` or `removed`.',
      to: 'The status after.',
      hidden: 'Whether readers find nothing of it afterwards, not even the place where it was.',
      reason: `${REASON}, or null.`,
      revision: "The comment's revision that the moderator saw.",
      seen: 'What else was on the screen: policyVersion, open reports (memberId, reason, revision), surroundings (commentId, revision).',
      bulkId: 'The same for all that one stroke ruled on, or null.',
      undoes: 'The decision that this one takes back, or null.',
    },
    personal: { note: 'What the moderator tells other moderators; empty for nothing.' },
  },
};

export const POLICY_EVENTS: Catalogue<PolicyEvent> = {
  'PolicySet.v1': {
    stream: 'policy-<version>',
    sentence: 'The moderation policy was changed: this is the whole of its new version.',
    data: {
      version: 'Its number; 1 is the first that was set.',
      policy: 'The rules in their order, each with its settings, whether it is on or not.',
      restores: 'The earlier version that was put back, or null.',
    },
    personal: { note: 'Why; empty for nothing.' },
  },
};

export const REPORT_EVENTS: Catalogue<ReportEvent> = {
  'CommentReported.v1': {
    stream: 'report-<commentId>-<memberId>',
    sentence: 'A member complained about a comment; once about each text of it.',
    data: {
      commentId: COMMENT_ID,
      postId: POST_ID,
      authorId: 'Whose comment it is, or null for an imported author.',
      memberId: 'Who complained.',
      reason: `${REASON}.`,
      revision: 'The revision of the text that was complained about.',
    },
    personal: { note: "The member's own words; empty for none." },
  },
};

const SANCTION_STREAM = 'sanction-<memberId>';
export const SANCTION_EVENTS: Catalogue<SanctionEvent> = {
  'MemberSanctioned.v1': {
    stream: SANCTION_STREAM,
    sentence: 'A moderator ruled on a member.',
    data: {
      memberId: MEMBER_ID,
      sanctionId: SANCTION_ID,
      kind: SANCTION_KIND,
      until: 'When it ends by itself (RFC 3339, UTC), or null for never.',
      reason: `${REASON}.`,
      commentId: 'The comment that it is about, or null.',
    },
    personal: { statement: 'The statement of reasons, as the member reads it.' },
  },
  'SanctionLifted.v1': {
    stream: SANCTION_STREAM,
    sentence: 'A sanction was ended before its time.',
    data: { memberId: MEMBER_ID, sanctionId: SANCTION_ID, kind: SANCTION_KIND, because: '`moderator` or `appeal`.' },
    personal: { note: 'Why; empty for nothing.' },
  },
  'WarningAcknowledged.v1': {
    stream: SANCTION_STREAM,
    sentence: 'The member confirmed to have read a warning.',
    data: { memberId: MEMBER_ID, sanctionId: SANCTION_ID },
    personal: null,
  },
  'SanctionAppealed.v1': {
    stream: SANCTION_STREAM,
    sentence: 'The member appealed a sanction; once for each.',
    data: { memberId: MEMBER_ID, sanctionId: SANCTION_ID },
    personal: { text: "The member's reasons." },
  },
  'AppealDecided.v1': {
    stream: SANCTION_STREAM,
    sentence: 'Another moderator decided on the appeal.',
    data: { memberId: MEMBER_ID, sanctionId: SANCTION_ID, outcome: `${anyOf(APPEAL_OUTCOMES)}.` },
    personal: { answer: 'The answer to the member.' },
  },
  'MemberNoted.v1': {
    stream: SANCTION_STREAM,
    sentence: 'A moderator left a note about a member for the other moderators.',
    data: { memberId: MEMBER_ID, noteId: 'The note.' },
    personal: { text: 'The note.' },
  },
};
