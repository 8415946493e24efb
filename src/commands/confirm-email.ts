import { type CommandMeta, DomainError, deriveId } from '../../libs/kernel/index.ts';
import type { Commands, Recorded } from '../../libs/nest-decider/index.ts';
import { ConfirmEmail } from '../domain/member/member.commands.ts';
import { ReserveName } from '../domain/reservation/reservation.commands.ts';
import type { EmailNames } from './email-name.ts';

/** Confirms addresses: one account for each, whatever nodes and links it is tried by. */
export class EmailConfirming {
  readonly #commands: Commands;
  readonly #names: EmailNames;

  constructor(commands: Commands, names: EmailNames) {
    this.#commands = commands;
    this.#names = names;
  }

  /**
   * Keeps the address for the member. A repeat changes nothing. Throws DomainError email_taken when another account has
   * confirmed it, and storage_unavailable.
   */
  async reserve(
    member: { readonly memberId: string; readonly email: string | null },
    meta: CommandMeta,
  ): Promise<void> {
    if (member.email === null) throw new DomainError('link_not_found', 'This account has no e-mail address.');
    const wish = { name: this.#names.confirmed(member.email), holder: member.memberId };
    await this.#commands.execute(new ReserveName(wish, step(meta, 'reserve-confirmed')));
  }

  /** Records that the address, which was reserved before, is confirmed. */
  confirm(memberId: string, meta: CommandMeta): Promise<Recorded> {
    return this.#commands.execute(new ConfirmEmail({ memberId }, step(meta, 'confirm-email')));
  }
}

function step(meta: CommandMeta, what: string): CommandMeta {
  return { ...meta, commandId: deriveId(meta.commandId, what) };
}
