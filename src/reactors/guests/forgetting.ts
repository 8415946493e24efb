import { type CommandMeta, deriveId, type Position } from '../../../libs/kernel/index.ts';
import type { Projected } from '../../../libs/projections/index.ts';
import { GetGuestWork, type GuestWork, guestsChanges } from '../../views/guests/guests.query-types.ts';
import type { Reacting, WorkSeen } from '../reactor.ts';
import { systemMeta } from '../system-meta.ts';

export const FORGETTING_TASKS: readonly string[] = ['forget'];
/** The comments that are looked for at once. */
const AT_ONCE = 100;

export interface ForgettingParts {
  readonly work: (query: GetGuestWork) => Promise<GuestWork>;
  /** Destroys what a guest wrote before the confirmation. */
  readonly forget: (commentId: string, meta: CommandMeta) => Promise<Position>;
}

/**
 * Destroys the first text of each guest's comment that was confirmed, since it then stands in a stream of its own, and of
 * each that nobody confirmed in time.
 */
export class Forgetting implements Reacting<string> {
  readonly atOnce = AT_ONCE;
  readonly #parts: ForgettingParts;

  constructor(parts: ForgettingParts) {
    this.#parts = parts;
  }

  /** The task was there from the first guest on, so no lease has to name it before there is work. */
  async look(): Promise<WorkSeen<string>> {
    return { ...(await this.#parts.work(new GetGuestWork(Date.now(), AT_ONCE))), isNew: false };
  }

  concerns(projected: readonly Projected[]): boolean {
    return guestsChanges(projected).length > 0 || projected.some(({ view, renewed }) => renewed && view === 'guests');
  }

  act(commentId: string): Promise<Position> {
    return this.#parts.forget(commentId, systemMeta(deriveId(commentId, 'forget'), commentId));
  }
}
