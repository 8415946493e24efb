import { Query } from '@nestjs/cqrs';
import type { LogEntry, MemberAuthor, ModerationReport, Page, PublicLogEntry } from '../../../libs/client/index.ts';
import type { LogKind } from '../../../libs/words/index.ts';

/** Absent fields let everything pass. */
export interface LogFilter {
  readonly actor?: string;
  /** The member concerned, also by decisions on its comments. */
  readonly member?: string;
  readonly kind?: LogKind;
  readonly commentId?: string;
  readonly postId?: string;
  /** The origin of a site, or OWN_SITE. */
  readonly site?: string;
  /** A correlation id: everything that one command caused, such as a ban with the removals. */
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

/** One step in a discussion's timeline: a text that was written, or an entry of the log. */
export type TimelineStep =
  | {
      readonly kind: 'written';
      readonly position: string;
      readonly at: string;
      readonly did: 'posted' | 'edited';
      readonly commentId: string;
      /** Null for an imported person, and for an erased member. */
      readonly author: MemberAuthor | null;
    }
  | { readonly kind: 'entry'; readonly entry: LogEntry };

/** The steps of one discussion, newest first, without texts, for moderators. Throws DomainError invalid (cursor). */
export class GetDiscussionTimeline extends Query<Page<TimelineStep>> {
  constructor(
    readonly postId: string,
    readonly page: { readonly limit: number; readonly cursor: string | null },
  ) {
    super();
  }
}

/** All matching entries, oldest first, in pieces. */
export class StreamModerationLog extends Query<AsyncIterable<readonly LogEntry[]>> {
  constructor(readonly filter: LogFilter) {
    super();
  }
}

/** Decisions on comments and members, newest first, without reports, notes, appeals and names. */
export class GetPublicLog extends Query<Page<PublicLogEntry>> {
  constructor(readonly page: { readonly limit: number; readonly cursor: string | null }) {
    super();
  }
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
