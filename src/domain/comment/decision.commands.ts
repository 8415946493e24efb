import { Command } from '../../../libs/kernel/index.ts';
import type { Actor } from '../member/actor.ts';
import type { ReportReason } from '../report/report.events.ts';
import type { DecisionAction, Seen } from './decision.events.ts';

export class DecideOnComment extends Command<{
  readonly commentId: string;
  readonly decisionId: string;
  readonly action: DecisionAction;
  readonly reason: ReportReason | null;
  readonly note: string;
  /** The newest that the moderator has seen. */
  readonly revision: number;
  readonly seen: Seen;
  readonly bulkId: string | null;
  readonly by: Actor;
}> {
  readonly type = 'DecideOnComment';
}

/** Takes back the newest ruling on a comment. */
export class UndoDecision extends Command<{
  readonly commentId: string;
  readonly decisionId: string;
  readonly undoes: string;
  readonly note: string;
  readonly seen: Seen;
  readonly bulkId: string | null;
  readonly by: Actor;
}> {
  readonly type = 'UndoDecision';
}

export type DecisionCommand = DecideOnComment | UndoDecision;
