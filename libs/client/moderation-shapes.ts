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

/** The shapes for moderators, over REST and live. Positions are decimal strings, times RFC 3339 UTC. */

/**
 * What every report tells, whatever its reasons are.
 *
 * @internal
 */
export interface Complained extends MayBeUnreadable {
  readonly by: MemberAuthor | null;
  /** Empty for none; null once it was erased. */
  readonly note: string | null;
  readonly at: Timestamp;
  /** The revision of the text that it is about. */
  readonly revision: Count;
}

/**
 * A report about a comment, as it was made.
 *
 * @internal
 */
export interface Complaint extends Complained {
  readonly reason: ReportReason;
}

/** A report about a comment, with its outcome. */
export interface Report extends Complaint {
  readonly outcome: ReportOutcome;
  /** Its weight from 0 to 1, by how often this member was right before. */
  readonly weight: Share;
}

/** A rule of the policy that caught the comment. */
export interface PolicyFinding extends MayBeUnreadable {
  readonly rule: string;
  /** A part of the text, or a count; null once it was erased. */
  readonly matched: string | null;
}

/** A member's record for moderators. */
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
  /** Null for the member concerned: members are not told which moderator decided. */
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
 * A comment with everything that a decision on it needs.
 *
 * @internal
 */
export interface Judged {
  /** Larger is more urgent. */
  readonly score: Count;
  readonly comment: Comment;
  /** `url` is the address of a page of another site, where the comment is read. */
  readonly post: {
    readonly id: Uuid;
    readonly slug: string;
    readonly title: string;
    readonly url?: string;
    /** The name of the site on which the page stands; absent for what was written here. */
    readonly site?: string;
  };
  readonly parent: Comment | null;
  readonly reports: readonly Report[];
  readonly findings: readonly PolicyFinding[];
  /** Further reasons why it waits (`awaiting-approval-in-source`, `guest`). */
  readonly reasons: readonly string[];
  /**
   * The rules of the policy that caught it when it was held, by their names: those about a guest who arrives, then those
   * about its text. Empty for one that no rule held.
   */
  readonly heldBy: readonly string[];
  readonly policyVersion: Count | null;
  /** Null for an imported author. */
  readonly author: AuthorRecord | null;
  readonly claim: Claim | null;
}

/** A waiting comment with everything that a decision on it needs. */
export interface QueueItem extends Judged {
  readonly list: QueueListName;
  /** The time when it came to this list. */
  readonly since: Timestamp;
}

/** A comment with everything that a decision on it needs, and the list where it waits: null for none. */
export interface ModerationCase extends Judged {
  readonly list: QueueListName | null;
  readonly since: Timestamp | null;
  /** Its ancestors from the top, siblings and answers, in the order of the thread, with the comment itself. */
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
 * The refusal of a decision because somebody decided first: it tells who, when, and what. Every `already_decided` about
 * a comment has this shape, and a `stale_revision` where anybody has decided.
 */
export interface DecidedProblem extends Problem {
  readonly decision: Decision;
}

/** The refusal of somebody without an account who must solve a puzzle first: every `proof_required`. */
export interface ProofProblem extends Problem {
  readonly challenge: {
    readonly stamp: string;
    /** The zero bits with which each hash must begin. */
    readonly bits: Count;
    readonly puzzles: Count;
  };
}

/**
 * A comment as a moderator saw it while deciding.
 *
 * @internal
 */
export interface FrozenComment extends MayBeUnreadable, Pick<Comment, 'author' | 'body' | 'bodyHtml' | 'language'> {
  readonly commentId: Uuid;
  readonly revision: Count;
}

/** A decision with everything that was on the moderator's screen. */
export interface FrozenDecision extends Decision {
  readonly policyVersion: Count;
  readonly reports: readonly Complaint[];
  /** From the top of the branch down, each with its text of that time; the comment itself is among them. */
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
    /** Has the first decision: always for `already_decided`, and for `stale_revision` where there is one. */
    readonly problem: { readonly code: string; readonly detail: string; readonly decision?: Decision } | null;
  }[];
}

/** The place of a recorded report. */
export interface ReportAnswer {
  readonly commentId: Uuid;
  readonly reason: ReportReason;
  readonly position: PositionText;
}

export interface QueueAnswer extends Page<QueueItem> {
  readonly counts: Readonly<Record<QueueListName, Count>>;
  readonly position: PositionText;
}

/** An appeal with its sanction and its member. */
export interface AppealCase {
  readonly member: MemberAuthor | null;
  readonly memberId: Uuid;
  readonly sanction: Sanction;
}

/** A moderator's note about a member, for other moderators. */
export interface MemberNote extends MayBeUnreadable {
  readonly id: Uuid;
  readonly at: Timestamp;
  readonly by: MemberAuthor | null;
  /** Null once it was erased. */
  readonly text: string | null;
}

/** One line of the moderation log. */
export interface LogEntry extends MayBeUnreadable {
  /** Its place in the log of events; also its key. */
  readonly position: PositionText;
  readonly at: Timestamp;
  readonly kind: LogKind;
  /** The actor; null for the policy, and for an erased person. */
  readonly actor: MemberAuthor | null;
  readonly byPolicy: boolean;
  /** The member concerned. */
  readonly member: MemberAuthor | null;
  readonly commentId: Uuid | null;
  readonly postId: Uuid | null;
  readonly decisionId: Uuid | null;
  /** The word for what was done: `approve`, `ban`, `reopened` … */
  readonly action: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly undone: boolean;
  /** Everything that one command caused (a ban with its removals) has the same id. */
  readonly correlationId: string;
}

/**
 * An entry without names, for readers, when the forum shows its log. It tells the day but no place in the log: with the
 * exact time or place, a reader of the thread would see which comment was meant.
 */
export interface PublicLogEntry extends Pick<LogEntry, 'kind' | 'action' | 'reason' | 'undone' | 'byPolicy'> {
  readonly day: Day;
}

/** The figures of a period. */
export interface ModerationReport {
  readonly from: Timestamp;
  readonly to: Timestamp;
  readonly reports: Count;
  /** Decisions without those that took others back: in this figure, by reason, by action and by day alike. */
  readonly decisions: Count;
  readonly byReason: Readonly<Record<string, Count>>;
  readonly byAction: Readonly<Record<string, Count>>;
  readonly sanctions: Readonly<Record<string, Count>>;
  /** Seconds from coming to a list until the decision; null without decisions. */
  readonly timeToDecision: { readonly median: Duration | null; readonly ninetieth: Duration | null };
  /** The decisions of the period that were taken back, or followed by a restoration or a granted appeal. */
  readonly reversed: { readonly count: Count; readonly share: Share | null };
  /** Each day of the period, also days without events. */
  readonly days: readonly {
    readonly day: Day;
    readonly reports: Count;
    readonly decisions: Count;
    readonly policyVerdicts: Count;
  }[];
}

/** A rule of the policy in requests and answers: its name, whether it is on, and its own settings. */
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

/**
 * The effect of another policy on the registrations of a period, as far as the log knows them: nobody who was refused is
 * in it.
 */
export interface RehearsedRegistrations {
  readonly judged: Count;
  /** Of these, the ones of which only the e-mail address is known. */
  readonly unseen: Count;
  /** Those that would wait for a moderator. */
  readonly held: Count;
  readonly refused: Count;
  /** Those that it would treat otherwise. */
  readonly changed: Count;
  /** How many each rule catches. */
  readonly byRule: Readonly<Record<string, Count>>;
}

/** The effect of another policy on the comments of a period. */
export interface Rehearsal {
  readonly from: Timestamp | null;
  readonly to: Timestamp | null;
  readonly comments: Count;
  /** The comments that it would treat otherwise. */
  readonly changed: Count;
  /** Of these, the ones that were caught then and would now be published without a report. */
  readonly released: Count;
  /**
   * `newlyCaught`: of the caught ones, those that passed then; `changed`: those treated otherwise, even if only by
   * another measure.
   */
  readonly byRule: Readonly<
    Record<string, { readonly caught: Count; readonly newlyCaught: Count; readonly changed: Count }>
  >;
  /**
   * The comparison with moderators' decisions, for the comments that they decided on; null where nothing can be said.
   */
  readonly agreement: {
    readonly ruledOn: Count;
    readonly precision: Share | null;
    readonly recall: Share | null;
  };
  /**
   * Of the comments treated otherwise, oldest first: 40 of each rule at most, and of those that no rule catches any
   * more.
   */
  readonly examples: readonly (MayBeUnreadable & {
    readonly commentId: Uuid;
    readonly at: Timestamp;
    readonly excerpt: string | null;
    /** The one that is recorded of the text (BCP 47); absent where none is. */
    readonly language?: string;
    readonly was: Treatment;
    readonly wouldBe: Treatment;
    readonly findings: readonly PolicyFinding[];
    readonly ruled: Ruled | null;
  })[];
  /** Null when none of its rules asks about those who register. */
  readonly registrations: RehearsedRegistrations | null;
}
