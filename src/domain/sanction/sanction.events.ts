import type { Fact } from '../../../libs/kernel/index.ts';
import type { AppealOutcome, LiftedBy, ReportReason, SanctionKind } from '../../../libs/words/index.ts';

interface SanctionData {
  readonly memberId: string;
  readonly sanctionId: string;
  readonly kind: SanctionKind;
}

/** Stream `sanction-<memberId>`: what moderators ruled on a member, and what became of it. */
export type MemberSanctioned = Fact<
  'MemberSanctioned.v1',
  SanctionData & {
    /** When it ends by itself (RFC 3339, UTC); null for never. */
    readonly until: string | null;
    readonly reason: ReportReason;
    /** The comment that it is about, or null. */
    readonly commentId: string | null;
  },
  /** The statement of reasons, as the member reads it. */
  { readonly statement: string }
>;
export type SanctionLifted = Fact<
  'SanctionLifted.v1',
  SanctionData & { readonly because: LiftedBy },
  { readonly note: string }
>;
export type WarningAcknowledged = Fact<
  'WarningAcknowledged.v1',
  { readonly memberId: string; readonly sanctionId: string },
  null
>;
/** Once for each sanction. */
export type SanctionAppealed = Fact<
  'SanctionAppealed.v1',
  { readonly memberId: string; readonly sanctionId: string },
  { readonly text: string }
>;
/** By another moderator than the one who ruled. `granted` lifts the sanction in the same step. */
export type AppealDecided = Fact<
  'AppealDecided.v1',
  { readonly memberId: string; readonly sanctionId: string; readonly outcome: AppealOutcome },
  { readonly answer: string }
>;
/** What moderators tell each other about a member; the member does not see it. */
export type MemberNoted = Fact<
  'MemberNoted.v1',
  { readonly memberId: string; readonly noteId: string },
  { readonly text: string }
>;

export type SanctionEvent =
  | MemberSanctioned
  | SanctionLifted
  | WarningAcknowledged
  | SanctionAppealed
  | AppealDecided
  | MemberNoted;
