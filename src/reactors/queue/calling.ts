import { deriveId, type Position } from '../../../libs/kernel/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import type { Projected } from '../../../libs/projections/index.ts';
import { CallModerators } from '../../domain/queue/queue.commands.ts';
import {
  type CallingWork,
  GetCallingWork,
  type OverdueCase,
} from '../../views/notifications/notifications.query-types.ts';
import type { Reacting, WorkSeen } from '../reactor.ts';
import { systemMeta } from '../system-meta.ts';

/** The views whose changes may make a call due, or put it off. */
const HEARD: ReadonlySet<string> = new Set(['notifications', 'moderation-queue', 'site']);

export interface CallingParts {
  readonly commands: Commands;
  readonly work: (query: GetCallingWork) => Promise<CallingWork>;
}

/** Records that a comment waits longer than the forum promises, which tells those who moderate, once for each crossing. */
export class Calling implements Reacting<OverdueCase> {
  readonly atOnce = 1;
  readonly #parts: CallingParts;

  constructor(parts: CallingParts) {
    this.#parts = parts;
  }

  /** What waited before the first lease is told of, too: it waits still. */
  async look(): Promise<WorkSeen<OverdueCase>> {
    return { ...(await this.#parts.work(new GetCallingWork(Date.now()))), isNew: false };
  }

  concerns(projected: readonly Projected[]): boolean {
    return projected.some(({ view }) => HEARD.has(view));
  }

  async act(overdue: OverdueCase): Promise<Position> {
    const overdueId = deriveId('overdue', overdue.commentId, overdue.since);
    const wish = new CallModerators({ overdueId, ...overdue }, systemMeta(deriveId(overdueId, 'call')));
    return (await this.#parts.commands.execute(wish)).position;
  }
}
