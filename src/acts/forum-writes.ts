import { heapPace } from '../../libs/heap-pace/index.ts';
import type { Command, Position } from '../../libs/kernel/index.ts';
import type { Commands, Recorded } from '../../libs/nest-decider/index.ts';
import type { Views } from '../../libs/projections/index.ts';

/**
 * Sends people's commands. A command is answered when the log has it and the local views show it, so that everyone
 * reads their own writes.
 */
export class ForumWrites {
  readonly #commands: Commands;
  readonly #views: Pick<Views, 'reached'>;

  constructor(commands: Commands, views: Pick<Views, 'reached'>) {
    this.#commands = commands;
    this.#views = views;
  }

  /** Throws the rules' DomainError, `storage_unavailable`, and `not_caught_up` after 2 s; a repeat is then harmless. */
  async send(command: Command): Promise<Recorded> {
    heapPace.small();
    const recorded = await this.#commands.execute(command);
    await this.#views.reached(recorded.position);
    return recorded;
  }

  /** Waits until the views show what was recorded by other ways (registration, publishing). */
  shown(position: Position): Promise<void> {
    return this.#views.reached(position);
  }
}
