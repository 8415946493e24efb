import { Command } from '../../../libs/kernel/index.ts';
import type { Actor } from '../member/actor.ts';
import type { Visit } from './visit.events.ts';

/** Sent by the forum when a member's page of a discussion is made. */
export class KeepVisit extends Command<{ readonly by: Actor; readonly visitId: string; readonly visit: Visit }> {
  readonly type = 'KeepVisit';
}

export class TurnVisits extends Command<{ readonly by: Actor; readonly kept: boolean }> {
  readonly type = 'TurnVisits';
}

export type VisitCommand = KeepVisit | TurnVisits;
