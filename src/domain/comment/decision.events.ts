import type { Fact } from '../../../libs/kernel/index.ts';
import {
  type CommentStatus,
  DECISION_ACTIONS,
  type DecisionAction,
  type Measure,
  REPORT_REASONS,
  type ReportReason,
  type RuleName,
} from '../../../libs/words/index.ts';
import { anyOf, type Catalogue, COMMENT_STREAM, MEANING } from '../catalogue-entry.ts';

/** The content of a moderator's screen, as ids and revisions. The texts themselves stay where they can be erased. */
export interface Seen {
  readonly policyVersion: number;
  /** The reports that were open. */
  readonly reports: readonly { readonly memberId: string; readonly reason: ReportReason; readonly revision: number }[];
  /** The comments around it, from the top of its branch down. */
  readonly surroundings: readonly { readonly commentId: string; readonly revision: number }[];
}

/** The policy decided on the newest text. The measure `report` leaves it visible to readers. */
export type CommentJudged = Fact<
  'CommentJudged.v1',
  {
    readonly commentId: string;
    readonly postId: string;
    readonly measure: Measure;
    readonly policyVersion: number;
    /** The rules that caught it, in the policy's order. */
    readonly rules: readonly RuleName[];
  },
  /** For each of these rules, what it caught: a part of the text, or a count. */
  { readonly matched: readonly string[] }
>;

/** The comment's status after a measure; null when the measure leaves the comment visible. */
export const STATUS_AFTER: Readonly<Record<Measure, CommentStatus | null>> = {
  report: null,
  hold: 'held',
  reject: 'rejected',
};

/**
 * A moderator made a decision, or took one back (`undoes`). After an undo the comment is as it was before that
 * decision.
 */
export type CommentDecided = Fact<
  'CommentDecided.v1',
  {
    readonly commentId: string;
    readonly postId: string;
    readonly decisionId: string;
    readonly action: DecisionAction;
    readonly from: CommentStatus;
    readonly to: CommentStatus;
    /** True when readers find no trace of the comment afterwards, not even its place. */
    readonly hidden: boolean;
    readonly reason: ReportReason | null;
    /** The revision of the comment that the decision is about. */
    readonly revision: number;
    readonly seen: Seen;
    /** The id shared by all decisions of one bulk decision, or null. */
    readonly bulkId: string | null;
    /** The decision that this one takes back, or null. */
    readonly undoes: string | null;
  },
  /** For other moderators; empty for none. */
  { readonly note: string }
>;

export const DECISION_EVENTS: Catalogue<CommentJudged | CommentDecided> = {
  'CommentJudged.v1': {
    stream: COMMENT_STREAM,
    sentence:
      'The policy caught the newest text of the comment, before readers saw it. Its actor is `policy`; in older events it is the author of the text.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      measure: '`report` (shown to readers, and put before the moderators), `hold` or `reject`.',
      policyVersion: 'The version of the policy that was in force.',
      rules: 'The rules that caught it, in the order of the policy.',
    },
    personal: { matched: 'For each rule with what it caught it: a part of the text, or what was counted.' },
  },
  'CommentDecided.v1': {
    stream: COMMENT_STREAM,
    sentence: 'A moderator decided on a comment, or took a decision back.',
    data: {
      commentId: MEANING.comment,
      postId: MEANING.discussedPost,
      decisionId: 'The decision, by which it can be taken back.',
      action: `${anyOf(DECISION_ACTIONS)}.`,
      from: 'The status before: `visible`, `held`, `rejected` or `removed`.',
      to: 'The status after.',
      hidden: 'Whether readers find nothing of it afterwards, not even the place where it was.',
      reason: `${anyOf(REPORT_REASONS)}, or null.`,
      revision: "The comment's revision that the moderator saw.",
      seen: 'What else was on the screen: policyVersion, open reports (memberId, reason, revision), surroundings (commentId, revision).',
      bulkId: 'The same for all that one bulk decision decided on, or null.',
      undoes: 'The decision that this one takes back, or null.',
    },
    personal: { note: 'What the moderator tells other moderators; empty for nothing.' },
  },
};
