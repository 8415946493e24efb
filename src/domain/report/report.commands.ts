import { Command } from '../../../libs/kernel/index.ts';
import type { Actor } from '../member/actor.ts';
import type { ReportReason } from './report.events.ts';

export class ReportComment extends Command<{
  readonly commentId: string;
  readonly by: Actor;
  readonly reason: ReportReason;
  /** Null for none. */
  readonly note: string | null;
}> {
  readonly type = 'ReportComment';
}

export type ReportCommand = ReportComment;
