import { Command } from '../../../libs/kernel/index.ts';
import type { AppealOutcome, ReportReason, SanctionKind } from '../../../libs/words/index.ts';
import type { Actor } from '../member/actor.ts';

export class SanctionMember extends Command<{
  readonly memberId: string;
  readonly sanctionId: string;
  readonly kind: SanctionKind;
  readonly until: string | null;
  readonly reason: ReportReason;
  readonly commentId: string | null;
  readonly statement: string;
  readonly by: Actor;
}> {
  readonly type = 'SanctionMember';
}

/** Lifts every sanction of this kind that is in force. */
export class LiftSanction extends Command<{
  readonly memberId: string;
  readonly kind: SanctionKind;
  readonly note: string;
  readonly by: Actor;
}> {
  readonly type = 'LiftSanction';
}

export class AcknowledgeWarning extends Command<{ readonly memberId: string; readonly sanctionId: string }> {
  readonly type = 'AcknowledgeWarning';
}

export class AppealSanction extends Command<{
  readonly memberId: string;
  readonly sanctionId: string;
  readonly text: string;
}> {
  readonly type = 'AppealSanction';
}

export class DecideAppeal extends Command<{
  readonly memberId: string;
  readonly sanctionId: string;
  readonly outcome: AppealOutcome;
  readonly answer: string;
  readonly by: Actor;
}> {
  readonly type = 'DecideAppeal';
}

export class NoteMember extends Command<{
  readonly memberId: string;
  readonly noteId: string;
  readonly text: string;
  readonly by: Actor;
}> {
  readonly type = 'NoteMember';
}

export type SanctionCommand =
  | SanctionMember
  | LiftSanction
  | AcknowledgeWarning
  | AppealSanction
  | DecideAppeal
  | NoteMember;
