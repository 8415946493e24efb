import { Command } from '../../../libs/kernel/index.ts';
import type { ReportReason } from '../../../libs/words/index.ts';
import type { Actor } from '../member/actor.ts';

export class ReportTranslation extends Command<{
  readonly translationId: string;
  readonly by: Actor;
  readonly reason: ReportReason;
  /** Null for none. */
  readonly note: string | null;
}> {
  readonly type = 'ReportTranslation';
}

export type TranslationReportCommand = ReportTranslation;
