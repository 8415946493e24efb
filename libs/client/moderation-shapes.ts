import type { DecisionAction, LogKind, QueueListName, ReportReason, SanctionKind } from './moderation-words.ts';
import type { Author, Comment, CommentStatus, MayBeUnreadable, MemberAuthor, Problem } from './shapes.ts';

/** What travels over REST and live for moderators. Positions are decimal strings, times RFC 3339 UTC. */

/** One complaint about a comment. */
export interface Report extends MayBeUnreadable {
  readonly by: MemberAuthor | null;
  readonly reason: ReportReason;
  /** Empty for none; null once it was erased. */
  readonly note: string | null;
  readonly at: string;
  /** Of the text that it is about. */
  readonly revision: number;
  readonly outcome: 'open' | 'upheld' | 'dismissed' | 'moot';
  /** What it counts for: 0 to 1, by how often this member was right before. */
  readonly weight: number;
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
  readonly registeredAt: string;
  readonly comments: Readonly<Record<Exclude<CommentStatus, 'erased'>, number>>;
  /** Reports about its comments. */
  readonly reportsReceived: number;
  /** Its own reports, and how many of the settled ones moderators agreed with. */
  readonly reportsMade: { readonly total: number; readonly upheld: number; readonly dismissed: number };
  readonly sanctions: readonly Sanction[];
}

export interface Sanction extends MayBeUnreadable {
  readonly id: string;
  readonly kind: SanctionKind;
  readonly until: string | null;
  readonly reason: ReportReason;
  readonly statement: string | null;
  readonly at: string;
  /** Null for whoever it concerns: members are not told which moderator ruled. */
  readonly by: MemberAuthor | null;
  readonly commentId: string | null;
  readonly inForce: boolean;
  readonly acknowledged: boolean;
  readonly lifted: { readonly at: string; readonly because: 'moderator' | 'appeal' } | null;
  readonly appeal: Appeal | null;
}

/** Unreadable when its text or its answer is. */
export interface Appeal extends MayBeUnreadable {
  readonly text: string | null;
  readonly at: string;
  readonly outcome: 'open' | 'granted' | 'refused';
  readonly answer: string | null;
  readonly decidedAt: string | null;
}

export interface Claim {
  readonly by: MemberAuthor;
  readonly until: string;
}

/** A comment that waits, with all that is needed to rule on it. */
export interface QueueItem {
  readonly list: QueueListName;
  /** Larger is more urgent. */
  readonly score: number;
  /** When it came to this list. */
  readonly since: string;
  readonly comment: Comment;
  readonly post: { readonly id: string; readonly slug: string; readonly title: string };
  readonly parent: Comment | null;
  readonly reports: readonly Report[];
  readonly findings: readonly PolicyFinding[];
  /** Why else it waits (`awaiting-approval-in-source`). */
  readonly reasons: readonly string[];
  readonly policyVersion: number | null;
  /** Null for an imported author. */
  readonly author: AuthorRecord | null;
  readonly claim: Claim | null;
}

/** A comment with all that is needed to rule on it, and where it waits: null for nowhere. */
export interface ModerationCase extends Omit<QueueItem, 'list' | 'since'> {
  readonly list: QueueListName | null;
  readonly since: string | null;
  /** Its ancestors from the top, siblings and answers, in the order of the thread, the comment itself among them. */
  readonly surroundings: readonly Comment[];
  /** Newest first. */
  readonly decisions: readonly Decision[];
}

/** One ruling, as it was made. */
export interface Decision extends MayBeUnreadable {
  readonly id: string;
  readonly commentId: string;
  readonly action: DecisionAction;
  readonly from: CommentStatus;
  readonly to: CommentStatus;
  readonly reason: ReportReason | null;
  /** Null once it was erased. */
  readonly note: string | null;
  readonly by: MemberAuthor | null;
  readonly at: string;
  readonly revision: number;
  readonly bulkId: string | null;
  readonly undoes: string | null;
  readonly undone: boolean;
}

/**
 * A refusal to rule on a comment because somebody ruled first: who, when, and what. Every `already_decided` about a comment
 * is one, and a `stale_revision` where anybody has ruled on it.
 */
export interface DecidedProblem extends Problem {
  readonly decision: Decision;
}

/** A ruling with what was on the moderator's screen. */
export interface FrozenDecision extends Decision {
  readonly policyVersion: number;
  readonly reports: readonly Omit<Report, 'outcome' | 'weight'>[];
  /** From the top of the branch down, each as its text was then; the comment itself among them. */
  readonly surroundings: readonly (MayBeUnreadable & {
    readonly commentId: string;
    readonly revision: number;
    readonly author: Author | null;
    readonly body: string | null;
    readonly bodyHtml: string | null;
  })[];
}

export interface NewDecision {
  readonly action: DecisionAction;
  readonly reason?: string;
  readonly note?: string;
  readonly revision: number;
}
export interface DecisionAnswer {
  readonly decision: Decision;
  readonly comment: Comment;
  readonly position: string;
}

export interface BulkDecision {
  readonly items: readonly { readonly commentId: string; readonly revision: number }[];
  readonly action: DecisionAction;
  readonly reason?: string;
  readonly note?: string;
}
export interface BulkAnswer {
  readonly bulkId: string;
  readonly position: string;
  readonly results: readonly {
    readonly commentId: string;
    readonly decision: Decision | null;
    /** With the ruling that was first: always for `already_decided`, for `stale_revision` where there is any. */
    readonly problem: { readonly code: string; readonly detail: string; readonly decision?: Decision } | null;
  }[];
}

/** One line of the moderation log. */
export interface LogEntry extends MayBeUnreadable {
  /** Where it stands in the log of events; also its key. */
  readonly position: string;
  readonly at: string;
  readonly kind: LogKind;
  /** Who did it; null for the policy, and for a person who was erased. */
  readonly actor: MemberAuthor | null;
  readonly byPolicy: boolean;
  /** Whom it concerns. */
  readonly member: MemberAuthor | null;
  readonly commentId: string | null;
  readonly postId: string | null;
  readonly decisionId: string | null;
  /** `approve`, `ban`, `reopened` …: the word for what was done. */
  readonly action: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly undone: boolean;
  /** All that came of one command (a ban with what it removed) has the same. */
  readonly correlationId: string;
}

export interface PolicyVersion extends MayBeUnreadable {
  readonly version: number;
  readonly rules: readonly object[];
  readonly note: string | null;
  readonly restores: number | null;
  /** Null for version 0, which nobody set. */
  readonly setBy: MemberAuthor | null;
  readonly setAt: string | null;
}

/** What another policy would have done with the comments of a period. */
export interface Rehearsal {
  readonly from: string | null;
  readonly to: string | null;
  readonly comments: number;
  /** Treated otherwise than they were. */
  readonly changed: number;
  /** Of these, those that were caught then and would be published without a word now. */
  readonly released: number;
  /** `newlyCaught`: of those caught, those that passed then; `changed`: those treated otherwise, be it by another measure. */
  readonly byRule: Readonly<
    Record<string, { readonly caught: number; readonly newlyCaught: number; readonly changed: number }>
  >;
  /** Against what moderators ruled, for the comments that they ruled on; null where nothing can be said. */
  readonly agreement: {
    readonly ruledOn: number;
    readonly precision: number | null;
    readonly recall: number | null;
  };
  /** Of those treated otherwise, oldest first: 40 of each rule at most, and of those that no rule catches any more. */
  readonly examples: readonly (MayBeUnreadable & {
    readonly commentId: string;
    readonly at: string;
    readonly excerpt: string | null;
    readonly was: 'published' | 'report' | 'hold' | 'reject';
    readonly wouldBe: 'published' | 'report' | 'hold' | 'reject';
    readonly findings: readonly PolicyFinding[];
    readonly ruled: 'kept' | 'turned-down' | null;
  })[];
}
