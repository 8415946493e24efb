import { Command, DomainError, type Position } from '../../../libs/kernel/index.ts';
import type { DecisionAction, ReportReason } from '../../../libs/words/index.ts';
import type { Actor } from '../member/actor.ts';
import type { Seen } from './decision.events.ts';

export class DecideOnComment extends Command<{
  readonly commentId: string;
  readonly decisionId: string;
  readonly action: DecisionAction;
  readonly reason: ReportReason | null;
  readonly note: string;
  /** The newest revision that the moderator has seen. */
  readonly revision: number;
  readonly seen: Seen;
  readonly bulkId: string | null;
  readonly by: Actor;
}> {
  readonly type = 'DecideOnComment';
}

/** Takes back the newest decision on a comment. */
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

/** The refusal `stale_revision`, with the comment's newest revision, for callers that decide whatever the text is. */
export class ChangedSince extends DomainError {
  readonly newest: number;

  constructor(newest: bigint) {
    super('stale_revision', `This comment was changed meanwhile; it is at revision ${newest}.`);
    this.newest = Number(newest);
  }
}

/** The refusal `already_decided`, with the position of the first decision, for callers that show it. */
export class DecidedBefore extends DomainError {
  readonly decisionId: string;
  readonly position: Position;

  constructor(detail: string, { decisionId, position }: { readonly decisionId: string; readonly position: Position }) {
    super('already_decided', detail);
    this.decisionId = decisionId;
    this.position = position;
  }
}
