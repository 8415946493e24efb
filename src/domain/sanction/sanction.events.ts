import type { Fact } from '../../../libs/kernel/index.ts';
import {
  APPEAL_OUTCOMES,
  type AppealOutcome,
  type LiftedBy,
  REPORT_REASONS,
  type ReportReason,
  SANCTION_KINDS,
  type SanctionKind,
} from '../../../libs/words/index.ts';
import { anyOf, type Catalogue, MEANING } from '../catalogue-entry.ts';

interface SanctionData {
  readonly memberId: string;
  readonly sanctionId: string;
  readonly kind: SanctionKind;
}

/** Stream `sanction-<memberId>`: the sanctions of a member, and what happened to them. */
export type MemberSanctioned = Fact<
  'MemberSanctioned.v1',
  SanctionData & {
    /** When it ends by itself (RFC 3339, UTC); null for never. */
    readonly until: string | null;
    readonly reason: ReportReason;
    /** The comment that the sanction is about, or null. */
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
/** A member appeals once against each sanction. */
export type SanctionAppealed = Fact<
  'SanctionAppealed.v1',
  { readonly memberId: string; readonly sanctionId: string },
  { readonly text: string }
>;
/**
 * The decision of another moderator than the one who gave the sanction. `granted` lifts the sanction in the same step.
 */
export type AppealDecided = Fact<
  'AppealDecided.v1',
  { readonly memberId: string; readonly sanctionId: string; readonly outcome: AppealOutcome },
  { readonly answer: string }
>;
/** A note about a member among moderators; the member does not see it. */
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

const SANCTION_ID = 'The sanction.';

const SANCTION_KIND = `${anyOf(SANCTION_KINDS)}.`;

const SANCTION_STREAM = 'sanction-<memberId>';

export const SANCTION_EVENTS: Catalogue<SanctionEvent> = {
  'MemberSanctioned.v1': {
    stream: SANCTION_STREAM,
    sentence: 'A moderator decided on a member.',
    data: {
      memberId: MEANING.member,
      sanctionId: SANCTION_ID,
      kind: SANCTION_KIND,
      until: 'When it ends by itself (RFC 3339, UTC), or null for never.',
      reason: `${anyOf(REPORT_REASONS)}.`,
      commentId: 'The comment that it is about, or null.',
    },
    personal: { statement: 'The statement of reasons, as the member reads it.' },
  },
  'SanctionLifted.v1': {
    stream: SANCTION_STREAM,
    sentence: 'A sanction was ended before its time.',
    data: {
      memberId: MEANING.member,
      sanctionId: SANCTION_ID,
      kind: SANCTION_KIND,
      because: '`moderator` or `appeal`.',
    },
    personal: { note: 'Why; empty for nothing.' },
  },
  'WarningAcknowledged.v1': {
    stream: SANCTION_STREAM,
    sentence: 'The member confirmed to have read a warning.',
    data: { memberId: MEANING.member, sanctionId: SANCTION_ID },
    personal: null,
  },
  'SanctionAppealed.v1': {
    stream: SANCTION_STREAM,
    sentence: 'The member appealed a sanction; once for each.',
    data: { memberId: MEANING.member, sanctionId: SANCTION_ID },
    personal: { text: "The member's reasons." },
  },
  'AppealDecided.v1': {
    stream: SANCTION_STREAM,
    sentence: 'Another moderator decided on the appeal.',
    data: { memberId: MEANING.member, sanctionId: SANCTION_ID, outcome: `${anyOf(APPEAL_OUTCOMES)}.` },
    personal: { answer: 'The answer to the member.' },
  },
  'MemberNoted.v1': {
    stream: SANCTION_STREAM,
    sentence: 'A moderator left a note about a member for the other moderators.',
    data: { memberId: MEANING.member, noteId: 'The note.' },
    personal: { text: 'The note.' },
  },
};
