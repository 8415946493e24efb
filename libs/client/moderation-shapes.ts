import type {
  AppealOutcome,
  CommentStatus,
  DecisionAction,
  KeptStatus,
  LiftedBy,
  LogKind,
  QueueListName,
  ReportOutcome,
  ReportReason,
  Ruled,
  SanctionKind,
  Treatment,
} from '../words/index.ts';
import type { Count, Day, Duration, PositionText, Share, Timestamp, Uuid } from './formats.ts';
import type { Comment, MayBeUnreadable, MemberAuthor, Page, Problem } from './shapes.ts';

/** What travels over REST and live for moderators. Positions are decimal strings, times RFC 3339 UTC. */

/**
 * A complaint about a comment, as it was made.
 *
 * @internal
 */
export interface Complaint extends MayBeUnreadable {
  readonly by: MemberAuthor | null;
  readonly reason: ReportReason;
  /** Empty for none; null once it was erased. */
  readonly note: string | null;
  readonly at: Timestamp;
  /** Of the text that it is about. */
  readonly revision: Count;
}

/** One complaint about a comment, and what became of it. */
export interface Report extends Complaint {
  readonly outcome: ReportOutcome;
  /** What it counts for: 0 to 1, by how often this member was right before. */
  readonly weight: Share;
}

/** A rule of the policy that caught the comment. */
export interface PolicyFinding extends MayBeUnreadable {
  readonly rule: string;
  /** A part of the text, or what was counted; null once it was erased. */
  readonly matched: string | null;
}

/** A member as moderators judge it at a glance. */
export interface AuthorRecord {
  readonly member: MemberAuthor;
  readonly registeredAt: Timestamp;
  readonly comments: Readonly<Record<KeptStatus, Count>>;
  /** Reports about its comments. */
  readonly reportsReceived: Count;
  /** Its own reports, and how many of the settled ones moderators agreed with. */
  readonly reportsMade: { readonly total: Count; readonly upheld: Count; readonly dismissed: Count };
  readonly sanctions: readonly Sanction[];
}

export interface Sanction extends MayBeUnreadable {
  readonly id: Uuid;
  readonly kind: SanctionKind;
  readonly until: Timestamp | null;
  readonly reason: ReportReason;
  readonly statement: string | null;
  readonly at: Timestamp;
  /** Null for whoever it concerns: members are not told which moderator decided. */
  readonly by: MemberAuthor | null;
  readonly commentId: Uuid | null;
  readonly inForce: boolean;
  readonly acknowledged: boolean;
  readonly lifted: { readonly at: Timestamp; readonly because: LiftedBy } | null;
  readonly appeal: Appeal | null;
}

/** Unreadable when its text or its answer is. */
export interface Appeal extends MayBeUnreadable {
  readonly text: string | null;
  readonly at: Timestamp;
  readonly outcome: 'open' | AppealOutcome;
  readonly answer: string | null;
  readonly decidedAt: Timestamp | null;
}

export interface Claim {
  readonly by: MemberAuthor;
  readonly until: Timestamp;
}

/**
 * A comment with all that is needed to decide on it.
 *
 * @internal
 */
export interface Judged {
  /** Larger is more urgent. */
  readonly score: Count;
  readonly comment: Comment;
  readonly post: { readonly id: Uuid; readonly slug: string; readonly title: string };
  readonly parent: Comment | null;
  readonly reports: readonly Report[];
  readonly findings: readonly PolicyFinding[];
  /** Why else it waits (`awaiting-approval-in-source`). */
  readonly reasons: readonly string[];
  readonly policyVersion: Count | null;
  /** Null for an imported author. */
  readonly author: AuthorRecord | null;
  readonly claim: Claim | null;
}

/** A comment that waits, with all that is needed to decide on it. */
export interface QueueItem extends Judged {
  readonly list: QueueListName;
  /** When it came to this list. */
  readonly since: Timestamp;
}

/** A comment with all that is needed to decide on it, and where it waits: null for nowhere. */
export interface ModerationCase extends Judged {
  readonly list: QueueListName | null;
  readonly since: Timestamp | null;
  /** Its ancestors from the top, siblings and answers, in the order of the thread, the comment itself among them. */
  readonly surroundings: readonly Comment[];
  /** Newest first. */
  readonly decisions: readonly Decision[];
}

/** One decision, as it was made. */
export interface Decision extends MayBeUnreadable {
  readonly id: Uuid;
  readonly commentId: Uuid;
  readonly action: DecisionAction;
  readonly from: CommentStatus;
  readonly to: CommentStatus;
  readonly reason: ReportReason | null;
  /** Null once it was erased. */
  readonly note: string | null;
  readonly by: MemberAuthor | null;
  readonly at: Timestamp;
  readonly revision: Count;
  readonly bulkId: Uuid | null;
  readonly undoes: Uuid | null;
  readonly undone: boolean;
}

/**
 * A refusal to decide on a comment because somebody decided first: who, when, and what. Every `already_decided` about a comment
 * is one, and a `stale_revision` where anybody has decided on it.
 */
export interface DecidedProblem extends Problem {
  readonly decision: Decision;
}

/**
 * A comment as a moderator saw it while decision.
 *
 * @internal
 */
export interface FrozenComment extends MayBeUnreadable, Pick<Comment, 'author' | 'body' | 'bodyHtml'> {
  readonly commentId: Uuid;
  readonly revision: Count;
}

/** A decision with what was on the moderator's screen. */
export interface FrozenDecision extends Decision {
  readonly policyVersion: Count;
  readonly reports: readonly Complaint[];
  /** From the top of the branch down, each as its text was then; the comment itself among them. */
  readonly surroundings: readonly FrozenComment[];
}

export interface NewDecision {
  readonly action: DecisionAction;
  readonly reason?: string;
  readonly note?: string;
  readonly revision: Count;
}
export interface DecisionAnswer {
  readonly decision: Decision;
  readonly comment: Comment;
  readonly position: PositionText;
}

export interface BulkDecision {
  readonly items: readonly { readonly commentId: Uuid; readonly revision: Count }[];
  readonly action: DecisionAction;
  readonly reason?: string;
  readonly note?: string;
}
export interface BulkAnswer {
  readonly bulkId: Uuid;
  readonly position: PositionText;
  readonly results: readonly {
    readonly commentId: Uuid;
    readonly decision: Decision | null;
    /** With the decision that was first: always for `already_decided`, for `stale_revision` where there is any. */
    readonly problem: { readonly code: string; readonly detail: string; readonly decision?: Decision } | null;
  }[];
}

/** That a report was recorded, where. */
export interface ReportAnswer {
  readonly commentId: Uuid;
  readonly reason: ReportReason;
  readonly position: PositionText;
}

export interface QueueAnswer extends Page<QueueItem> {
  readonly counts: Readonly<Record<QueueListName, Count>>;
  readonly position: PositionText;
}

/** An appeal with what it is against and whose it is. */
export interface AppealCase {
  readonly member: MemberAuthor | null;
  readonly memberId: Uuid;
  readonly sanction: Sanction;
}

/** What a moderator wrote down about a member, for other moderators. */
export interface MemberNote extends MayBeUnreadable {
  readonly id: Uuid;
  readonly at: Timestamp;
  readonly by: MemberAuthor | null;
  /** Null once it was erased. */
  readonly text: string | null;
}

/** One line of the moderation log. */
export interface LogEntry extends MayBeUnreadable {
  /** Where it stands in the log of events; also its key. */
  readonly position: PositionText;
  readonly at: Timestamp;
  readonly kind: LogKind;
  /** Who did it; null for the policy, and for a person who was erased. */
  readonly actor: MemberAuthor | null;
  readonly byPolicy: boolean;
  /** Whom it concerns. */
  readonly member: MemberAuthor | null;
  readonly commentId: Uuid | null;
  readonly postId: Uuid | null;
  readonly decisionId: Uuid | null;
  /** `approve`, `ban`, `reopened` …: the word for what was done. */
  readonly action: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly undone: boolean;
  /** All that came of one command (a ban with what it removed) has the same. */
  readonly correlationId: string;
}

/**
 * An entry that tells nobody's name, for readers, when the forum shows its log. It tells the day and no place in the log:
 * with either to the second, a reader of the thread would see which comment was meant.
 */
export interface PublicLogEntry extends Pick<LogEntry, 'kind' | 'action' | 'reason' | 'undone' | 'byPolicy'> {
  readonly day: Day;
}

/** The numbers of a period. */
export interface ModerationReport {
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly reports: Count;
  /** Decisions, those that took others back left out: here, by reason, by action and by day alike. */
  readonly decisions: Count;
  readonly byReason: Readonly<Record<string, Count>>;
  readonly byAction: Readonly<Record<string, Count>>;
  readonly sanctions: Readonly<Record<string, Count>>;
  /** Seconds from coming to a list to the decision; null without decisions. */
  readonly timeToDecision: { readonly median: Duration | null; readonly ninetieth: Duration | null };
  /** Of the decisions of the period: taken back, or followed by a restoration or a granted appeal. */
  readonly reversed: { readonly count: Count; readonly share: Share | null };
  /** Each day of the period, also those on which nothing happened. */
  readonly days: readonly {
    readonly day: Day;
    readonly reports: Count;
    readonly decisions: Count;
    readonly policyVerdicts: Count;
  }[];
}

/** A rule of the policy as it travels: its name, whether it is on, and settings of its own. */
export interface SentRule {
  readonly rule: string;
  readonly on: boolean;
  readonly [setting: string]: string | number | boolean | readonly string[];
}

export interface PolicyVersion extends MayBeUnreadable {
  readonly version: Count;
  readonly rules: readonly SentRule[];
  readonly note: string | null;
  readonly restores: Count | null;
  /** Null for version 0, which nobody set. */
  readonly setBy: MemberAuthor | null;
  readonly setAt: Timestamp | null;
}

/** What another policy would have done with the comments of a period. */
export interface Rehearsal {
  readonly from: Timestamp | null;
  readonly to: Timestamp | null;
  readonly comments: Count;
  /** Treated otherwise than they were. */
  readonly changed: Count;
  /** Of these, those that were caught then and would be published without a word now. */
  readonly released: Count;
  /** `newlyCaught`: of those caught, those that passed then; `changed`: those treated otherwise, be it by another measure. */
  readonly byRule: Readonly<
    Record<string, { readonly caught: Count; readonly newlyCaught: Count; readonly changed: Count }>
  >;
  /** Against what moderators decided, for the comments that they decided on; null where nothing can be said. */
  readonly agreement: {
    readonly ruledOn: Count;
    readonly precision: Share | null;
    readonly recall: Share | null;
  };
  /** Of those treated otherwise, oldest first: 40 of each rule at most, and of those that no rule catches any more. */
  readonly examples: readonly (MayBeUnreadable & {
    readonly commentId: Uuid;
    readonly at: Timestamp;
    readonly excerpt: string | null;
    readonly was: Treatment;
    readonly wouldBe: Treatment;
    readonly findings: readonly PolicyFinding[];
    readonly ruled: Ruled | null;
  })[];
}
