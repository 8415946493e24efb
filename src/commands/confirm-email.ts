import { type CommandMeta, DomainError, stepOf } from '../../libs/kernel/index.ts';
import type { Commands, Recorded } from '../../libs/nest-decider/index.ts';
import { ChangeEmail, ConfirmEmail } from '../domain/member/address.commands.ts';
import { isSameAddress } from '../domain/member/email.ts';
import { ReleaseName, ReserveName } from '../domain/reservation/reservation.commands.ts';
import type { MemberLookup } from './member-lookup.ts';

/** Milliseconds for which a former address is kept for the member, who may take the account back. */
const KEPT_MS = 2 * 24 * 3_600_000;

/** Confirms addresses: one account for each, whatever nodes and links it is tried by. */
export class EmailConfirming {
  readonly #commands: Commands;
  readonly #members: Pick<MemberLookup, 'names' | 'nameToConfirm' | 'holderOf' | 'byId'>;

  constructor(commands: Commands, members: Pick<MemberLookup, 'names' | 'nameToConfirm' | 'holderOf' | 'byId'>) {
    this.#commands = commands;
    this.#members = members;
  }

  /**
   * Keeps the address for the member. A repeat changes nothing. Throws DomainError email_taken when another account has
   * confirmed it, or had it until two days ago, and storage_unavailable.
   */
  async reserve(
    member: { readonly memberId: string; readonly email: string | null },
    meta: CommandMeta,
  ): Promise<void> {
    if (member.email === null) throw new DomainError('link_not_found', 'This account has no e-mail address.');
    const { memberId: holder, email } = member;
    const name = await this.#members.nameToConfirm(email, holder);
    await this.#releaseFormer(name, email, meta);
    await this.#commands.execute(new ReserveName({ name, holder }, stepOf(meta, 'reserve-confirmed')));
  }

  /** Releases an address that its holder exchanged for another one long enough ago. */
  async #releaseFormer(name: string, email: string, meta: CommandMeta): Promise<void> {
    const holder = await this.#members.holderOf(name);
    const member = holder === null ? undefined : await this.#members.byId(holder);
    if (holder === null || member === undefined || member.email === null) return;
    const isKept = Date.parse(meta.now) - Date.parse(member.emailSince) < KEPT_MS;
    if (isKept || isSameAddress(member.email, email)) return;
    await this.#commands.execute(new ReleaseName({ name, holder }, stepOf(meta, 'release-former')));
  }

  /**
   * Records that the address, which was reserved before, is confirmed. The member's place among those who gave the address
   * is free again: how many more accounts can sign in by it must not tell that somebody confirmed it.
   */
  async confirm(
    { memberId, email }: { readonly memberId: string; readonly email: string | null },
    meta: CommandMeta,
  ): Promise<Recorded> {
    const confirmed = await this.#commands.execute(new ConfirmEmail({ memberId }, stepOf(meta, 'confirm-email')));
    const places = email === null ? [] : this.#members.names.places(email);
    const releases = places.map((name) => new ReleaseName({ name, holder: memberId }, stepOf(meta, `release ${name}`)));
    await Promise.all(releases.map((release) => this.#commands.execute(release)));
    return confirmed;
  }

  /** Records that the member has another address from now on, which was reserved before. */
  change(
    wish: { readonly memberId: string; readonly email: string; readonly linkId: string },
    meta: CommandMeta,
  ): Promise<Recorded> {
    return this.#commands.execute(new ChangeEmail(wish, stepOf(meta, 'change-email')));
  }
}
