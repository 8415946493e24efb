import { Command } from '../../../libs/kernel/index.ts';
import type { TranslationReason } from '../../../libs/words/index.ts';
import type { Actor } from '../member/actor.ts';

export class ReportTranslation extends Command<{
  readonly translationId: string;
  readonly by: Actor;
  readonly reason: TranslationReason;
  /** Null for none. */
  readonly note: string | null;
}> {
  readonly type = 'ReportTranslation';
}

export type TranslationReportCommand = ReportTranslation;
