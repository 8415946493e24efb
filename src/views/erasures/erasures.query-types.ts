import { Query } from '@nestjs/cqrs';
import { changesOf } from '../../../libs/projections/index.ts';
import type { ErasedComments, ErasureState, ErasureStep, ErasureSubject } from '../../../libs/words/index.ts';
import type { ReportOf } from '../moderation-queue/door/reports-of.ts';

export type { ReportOf } from '../moderation-queue/door/reports-of.ts';

/** Told when an erasure, its lease, or something that came after its beginning has changed. */
export interface ErasureProjected {
  readonly erasureId: string | null;
}

export const erasuresChanges = changesOf<ErasureProjected>('erasures');

export interface KnownErasure {
  readonly erasureId: string;
  readonly subject: ErasureSubject;
  readonly memberId: string | null;
  readonly commentId: string | null;
  readonly source: string | null;
  readonly comments: ErasedComments;
  readonly state: ErasureState;
  /** Who asked; a member's id, or `system`. */
  readonly askedBy: string;
  readonly requestedAt: string;
  readonly dueAt: string;
  readonly finishedAt: string | null;
  /** When it was taken back together with the account; null for one that was not. */
  readonly undoneAt: string | null;
  /** The position of its end, decimal; null before. */
  readonly finishedPosition: string | null;
  readonly steps: readonly { readonly step: ErasureStep; readonly count: number; readonly at: string }[];
}

/** Null for an unknown id. */
export class FindErasure extends Query<KnownErasure | null> {
  constructor(readonly erasureId: string) {
    super();
  }
}

/** What an imported person is found by; nulls once the erasure is done. */
export class GetErasureWords extends Query<{
  readonly email: string | null;
  readonly name: string | null;
}> {
  constructor(readonly erasureId: string) {
    super();
  }
}

/** What came from a member after its erasure had begun, since another node did not know yet. */
export interface LateWords {
  readonly stream: string;
  readonly erasureId: string;
}

export interface ErasureWork {
  readonly due: readonly KnownErasure[];
  readonly late: readonly LateWords[];
  /** When the next one is due, in milliseconds since 1970; null for none. */
  readonly nextAt: number | null;
  readonly lease: { readonly holder: string; readonly until: number } | null;
}

export class GetErasureWork extends Query<ErasureWork> {
  /** `now` in milliseconds since 1970. */
  constructor(readonly now: number) {
    super();
  }
}

/** The comments of a member that are not erased yet. */
export class GetUnerasedComments extends Query<readonly string[]> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** Reports that a member wrote, that are about a member's comments, and that are about single comments. */
export class GetReportsToErase extends Query<readonly ReportOf[]> {
  constructor(
    readonly of: {
      readonly writtenBy: string | null;
      readonly about: string | null;
      readonly comments: readonly string[];
    },
  ) {
    super();
  }
}

/** The erasures by which comments of a member were purged: their streams hold why. */
export class GetPurgesOf extends Query<readonly string[]> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** Whether the forum keeps an admin when this member goes. */
export class HasOtherAdmin extends Query<boolean> {
  constructor(readonly memberId: string) {
    super();
  }
}

/** The receivers of mails that may not be kept: erased members, and links whose key was destroyed. */
export class GetErasedReceivers extends Query<readonly string[]> {}
