import { Command, DomainError } from '../../../libs/kernel/index.ts';
import type { ReportReason, TranslationReason } from '../../../libs/words/index.ts';
import type { Actor } from '../member/actor.ts';

export class ReportComment extends Command<{
  readonly commentId: string;
  readonly by: Actor;
  readonly reason: ReportReason;
  /** Null for none. */
  readonly note: string | null;
}> {
  readonly type = 'ReportComment';
}

/** The refusal `conflict`: this member reported the same text with other words before, and that report stands. */
export class ReportedOtherwise extends DomainError {
  /** The report that stands. */
  readonly reason: TranslationReason;

  constructor(reason: TranslationReason, note: string, what: 'comment' | 'translation' = 'comment') {
    const words = note === '' ? 'without a note' : `with the note "${note}"`;
    super(
      'conflict',
      `You reported this ${what} already, as ${reason} ${words}; that stands, and this was not recorded.`,
    );
    this.reason = reason;
  }
}

export type ReportCommand = ReportComment;
