import type { Fact } from '../../../libs/kernel/index.ts';
import type { CommentStatus, DecisionAction, Measure, ReportReason, RuleName } from '../../../libs/words/index.ts';

/** What a moderator had on the screen, by ids and revisions: the texts themselves stay where they can be erased. */
export interface Seen {
  readonly policyVersion: number;
  /** The reports that were open. */
  readonly reports: readonly { readonly memberId: string; readonly reason: ReportReason; readonly revision: number }[];
  /** The comments around it, from the top of its branch down. */
  readonly surroundings: readonly { readonly commentId: string; readonly revision: number }[];
}

/** The policy ruled on the newest text: `report` leaves it where readers see it. */
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
  /** For each of the rules with what: a part of the text, or what was counted. */
  { readonly matched: readonly string[] }
>;

/** Null when the measure leaves the comment where readers see it. */
export const STATUS_AFTER: Readonly<Record<Measure, CommentStatus | null>> = {
  report: null,
  hold: 'held',
  reject: 'rejected',
};

/** A moderator ruled, or took a ruling back (`undoes`): the comment is then as it was before that one. */
export type CommentDecided = Fact<
  'CommentDecided.v1',
  {
    readonly commentId: string;
    readonly postId: string;
    readonly decisionId: string;
    readonly action: DecisionAction;
    readonly from: CommentStatus;
    readonly to: CommentStatus;
    /** Whether readers find nothing of it afterwards, not even the place where it was. */
    readonly hidden: boolean;
    readonly reason: ReportReason | null;
    /** The comment's revision that was ruled on. */
    readonly revision: number;
    readonly seen: Seen;
    /** The same for all that one stroke ruled on, or null. */
    readonly bulkId: string | null;
    /** The decision that this one takes back, or null. */
    readonly undoes: string | null;
  },
  /** For other moderators; empty for none. */
  { readonly note: string }
>;
