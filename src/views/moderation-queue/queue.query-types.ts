import { Query } from '@nestjs/cqrs';
import type {
  AuthorRecord,
  Comment,
  Decision,
  FrozenDecision,
  ModerationCase,
  Page,
  QueueItem,
  Report,
} from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { CommentStatus, QueueListName } from '../../../libs/words/index.ts';

import type { Seen } from '../../domain/comment/decision.events.ts';

/** All of these queries are for moderators alone; the caller has checked that. */

export interface PageWish {
  readonly limit: number;
  readonly cursor: string | null;
}

export type QueueCounts = Readonly<Record<QueueListName, number>>;

export interface QueuePage extends Page<QueueItem> {
  readonly counts: QueueCounts;
  readonly position: bigint;
}

/**
 * One list, most urgent first; of equal urgency the comment that has waited longest. A page ends early when its texts
 * are long. Throws DomainError invalid (cursor).
 */
export class GetQueue extends Query<QueuePage> {
  constructor(
    readonly list: QueueListName,
    readonly page: PageWish,
    /** An origin, or OWN_SITE; null for the comments of all sites. The counts are of the same. */
    readonly site: string | null = null,
  ) {
    super();
  }
}

export class GetQueueCounts extends Query<{ readonly counts: QueueCounts; readonly position: bigint }> {}

export type Case = ModerationCase;
/** Throws DomainError comment_not_found. */
export class GetCase extends Query<Case> {
  constructor(readonly commentId: string) {
    super();
  }
}

/**
 * The items of the first of these comments, as many as a page of the queue may hold, in the order asked for; `null` for
 * a comment that has left every list.
 */
export class GetQueueItems extends Query<readonly (QueueItem | null)[]> {
  constructor(readonly commentIds: readonly string[]) {
    super();
  }
}

/** The reports, rules and comments on the screen of a moderator who decides on this comment now. */
export class GetSeen extends Query<Omit<Seen, 'policyVersion'>> {
  constructor(readonly commentId: string) {
    super();
  }
}

/** Throws DomainError not_found. */
export class GetDecision extends Query<Decision> {
  constructor(readonly decisionId: string) {
    super();
  }
}
/** A decision with its place in the log, a decimal string. */
export interface MadeDecision {
  readonly decision: Decision;
  readonly position: string;
}
/** The decision of this id, or the one made on the comment at this revision. Throws DomainError not_found. */
export class GetMadeDecision extends Query<MadeDecision> {
  constructor(
    readonly decisionId: string,
    readonly of: { readonly commentId: string; readonly revision: number },
  ) {
    super();
  }
}
/** Reads the texts of that time from the log; an erased text is null. Throws DomainError not_found. */
export class GetFrozenDecision extends Query<FrozenDecision> {
  constructor(readonly decisionId: string) {
    super();
  }
}
/** The newest decision on each comment, in the order asked for. */
export class GetNewestDecisions extends Query<readonly (Decision | null)[]> {
  constructor(readonly commentIds: readonly string[]) {
    super();
  }
}
/** The decisions of one bulk, in its order. */
export class GetBulk extends Query<readonly Decision[]> {
  constructor(readonly bulkId: string) {
    super();
  }
}

/** Throws DomainError member_not_found. */
export class GetAuthorRecord extends Query<AuthorRecord> {
  constructor(readonly memberId: string) {
    super();
  }
}
/** A member's comments, newest first, whatever their status. */
export class GetCommentsBy extends Query<Page<Comment>> {
  constructor(
    readonly memberId: string,
    readonly status: CommentStatus | null,
    readonly page: PageWish,
  ) {
    super();
  }
}
/** The reports about a member's comments: newest first, 200 at most. */
export class GetReportsAbout extends Query<readonly (Report & { readonly commentId: string })[]> {
  constructor(readonly memberId: string) {
    super();
  }
}
/** Newest first, 200 at most. */
export class GetReportsBy extends Query<readonly (Report & { readonly commentId: string })[]> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** The queue's message after a commit: the comment whose case changed. */
export interface QueueProjected {
  readonly queuedCommentId: string;
  readonly position: bigint;
}

export const queueChanges = changesOf<QueueProjected>('moderation-queue');
