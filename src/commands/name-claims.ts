import { type CommandMeta, DomainError, stepOf } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import { GiveBackInvitation, UseInvitation } from '../domain/invitation/invitation.commands.ts';
import { ReleaseName, ReserveName } from '../domain/reservation/reservation.commands.ts';

/** The names that one workflow reserves for the thing it makes, and releases when the thing is refused. */
export class NameClaims {
  readonly #commands: Commands;
  readonly #holder: string;
  readonly #meta: CommandMeta;
  readonly #reserved: { readonly name: string; readonly position: bigint }[] = [];
  readonly #names: string[] = [];
  #invitation: string | null = null;

  constructor(commands: Commands, holder: string, meta: CommandMeta) {
    this.#commands = commands;
    this.#holder = holder;
    this.#meta = meta;
  }

  /** Throws DomainError handle_taken, slug_taken or conflict when another holds the name. */
  async claim(name: string): Promise<void> {
    const reserve = new ReserveName({ name, holder: this.#holder }, this.#step('reserve', name));
    const { position, repeated } = await this.#commands.execute(reserve);
    if (!repeated) this.#reserved.push({ name, position });
    this.#names.push(name);
  }

  /** Throws DomainError invitation_invalid. */
  async useInvitation(invitationId: string): Promise<void> {
    const data = { invitationId, memberId: this.#holder };
    const { repeated } = await this.#commands.execute(new UseInvitation(data, this.#step('use', invitationId)));
    if (!repeated) this.#invitation = invitationId;
    this.#names.push(`invitation-${invitationId}`);
  }

  /** All claimed names, including those that an earlier attempt reserved. */
  get names(): readonly string[] {
    return this.#names;
  }

  /**
   * Does the work, and releases the names reserved just now when it is refused. When the storage failed, nobody knows
   * what was recorded: the names stay for the repeat, and others can take them over after a while.
   */
  async releasedOnRefusal<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'storage_unavailable') await this.#release();
      throw error;
    }
  }

  /** Each release has a command id of its own, since the same name may be reserved again by a repeat. */
  async #release(): Promise<void> {
    if (this.#invitation !== null) {
      const data = { invitationId: this.#invitation, memberId: this.#holder };
      await this.#commands.execute(new GiveBackInvitation(data, this.#step('give-back', this.#invitation)));
    }
    for (const { name, position } of this.#reserved.splice(0).reverse()) {
      const step = this.#step('release', name, position.toString());
      await this.#commands.execute(new ReleaseName({ name, holder: this.#holder }, step));
    }
  }

  #step(...parts: readonly string[]): CommandMeta {
    return stepOf(this.#meta, ...parts);
  }
}
