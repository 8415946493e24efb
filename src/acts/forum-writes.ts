import type { Command, Position } from '../../libs/kernel/index.ts';
import type { Commands, Recorded } from '../../libs/nest-decider/index.ts';
import type { Views } from '../../libs/projections/index.ts';

/** Commands from people: answered when the log has them and the local views show them, so that everyone reads their own writes. */
export class ForumWrites {
  readonly #commands: Commands;
  readonly #views: Pick<Views, 'reached'>;

  constructor(commands: Commands, views: Pick<Views, 'reached'>) {
    this.#commands = commands;
    this.#views = views;
  }

  /** Throws DomainError: the rules', `storage_unavailable`, and `not_caught_up` after 2 s, when a repeat is harmless. */
  async send(command: Command): Promise<Recorded> {
    const recorded = await this.#commands.execute(command);
    await this.#views.reached(recorded.position);
    return recorded;
  }

  /** For what was recorded by other ways (registration, publishing): waits until the views show it. */
  shown(position: Position): Promise<void> {
    return this.#views.reached(position);
  }
}
