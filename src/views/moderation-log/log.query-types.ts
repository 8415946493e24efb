import { Query } from '@nestjs/cqrs';
import type { LogEntry, LogKind, MemberAuthor, Page } from '../../../libs/client/index.ts';

/** Absent fields let everything pass. */
export interface LogFilter {
  readonly actor?: string;
  /** Whom it concerns: what was ruled on a member's comments too. */
  readonly member?: string;
  readonly kind?: LogKind;
  readonly commentId?: string;
  readonly postId?: string;
  /** A correlation id: all that came of one command, such as a ban with what it removed. */
  readonly cause?: string;
  /** RFC 3339; `to` is not included. */
  readonly from?: string;
  readonly to?: string;
}

/** Newest first. Throws DomainError invalid (cursor). */
export class GetModerationLog extends Query<Page<LogEntry>> {
  constructor(
    readonly filter: LogFilter,
    readonly page: { readonly limit: number; readonly cursor: string | null },
  ) {
    super();
  }
}

/** One step of a discussion's life: a text that was written, or an entry of the log. */
export type TimelineStep =
  | {
      readonly kind: 'written';
      readonly position: string;
      readonly at: string;
      readonly did: 'posted' | 'edited';
      readonly commentId: string;
      /** Null for an imported person, and for one who was erased. */
      readonly author: MemberAuthor | null;
    }
  | { readonly kind: 'entry'; readonly entry: LogEntry };

/** Who did what in one discussion, newest first; no texts. For moderators. Throws DomainError invalid (cursor). */
export class GetDiscussionTimeline extends Query<Page<TimelineStep>> {
  constructor(
    readonly postId: string,
    readonly page: { readonly limit: number; readonly cursor: string | null },
  ) {
    super();
  }
}

/** Everything that matches, oldest first, a piece at a time. */
export class StreamModerationLog extends Query<AsyncIterable<readonly LogEntry[]>> {
  constructor(readonly filter: LogFilter) {
    super();
  }
}

/**
 * An entry that tells nobody's name, for readers, when the forum shows its log. It tells the day (`2015-10-05`, UTC) and
 * no place in the log: with either to the second, a reader of the thread would see which comment was meant.
 */
export type PublicLogEntry = Pick<LogEntry, 'kind' | 'action' | 'reason' | 'undone' | 'byPolicy'> & {
  readonly day: string;
};
/** Rulings on comments and members, newest first; nothing of reports, notes, appeals or who is who. */
export class GetPublicLog extends Query<Page<PublicLogEntry>> {
  constructor(readonly page: { readonly limit: number; readonly cursor: string | null }) {
    super();
  }
}

export interface ModerationReport {
  readonly from: string;
  readonly to: string;
  readonly reports: number;
  /** Rulings, those that took others back left out: here, by reason, by action and by day alike. */
  readonly decisions: number;
  readonly byReason: Readonly<Record<string, number>>;
  readonly byAction: Readonly<Record<string, number>>;
  readonly sanctions: Readonly<Record<string, number>>;
  /** Seconds from coming to a list to the decision; null without decisions. */
  readonly timeToDecision: { readonly median: number | null; readonly ninetieth: number | null };
  /** Of the decisions of the period: taken back, or followed by a restoration or a granted appeal. 0 to 1. */
  readonly reversed: { readonly count: number; readonly share: number | null };
  /** Each day of the period, also those on which nothing happened. */
  readonly days: readonly {
    readonly day: string;
    readonly reports: number;
    readonly decisions: number;
    readonly policyVerdicts: number;
  }[];
}
/** 366 days at most. Throws DomainError invalid. */
export class GetModerationReport extends Query<ModerationReport> {
  constructor(
    readonly from: string,
    readonly to: string,
  ) {
    super();
  }
}
