import { type CommandMeta, DomainError, deriveId } from '../../libs/kernel/index.ts';
import type { Commands, Recorded } from '../../libs/nest-decider/index.ts';
import { type LinkedSubject, LinkProvider, UnlinkProvider } from '../domain/member/provider.commands.ts';
import { nameTaken } from '../domain/reservation/names.ts';
import { ReleaseName, ReserveName } from '../domain/reservation/reservation.commands.ts';
import type { KnownMember, MemberLookup } from './member-lookup.ts';

/** Links people at providers to accounts, one subject to one account. */
export class ProviderLinks {
  readonly #commands: Commands;
  readonly #members: MemberLookup;

  constructor(commands: Commands, members: MemberLookup) {
    this.#commands = commands;
    this.#members = members;
  }

  /** Throws DomainError `conflict` when the subject has another account, or the account another subject there. */
  async link(memberId: string, subject: LinkedSubject, meta: CommandMeta): Promise<Recorded> {
    const name = this.#members.names.subject(subject);
    await this.#reserve(name, memberId, meta);
    try {
      return await this.#commands.execute(new LinkProvider({ memberId, ...subject }, meta));
    } catch (error) {
      const isRefused = error instanceof DomainError && error.code !== 'storage_unavailable';
      const owner = isRefused ? await this.#members.bySubject(subject) : undefined;
      if (isRefused && owner === undefined) await this.#release(name, memberId, meta);
      throw error;
    }
  }

  /** Throws DomainError `last_way_in`. */
  async unlink({ memberId, linked }: KnownMember, provider: string, meta: CommandMeta): Promise<Recorded> {
    const subject = linked.find((one) => one.provider === provider);
    const recorded = await this.#commands.execute(new UnlinkProvider({ memberId, provider }, meta));
    if (subject !== undefined) await this.#release(this.#members.names.subject(subject), memberId, meta);
    return recorded;
  }

  /** A name that stayed behind when an unlinking died half-way is free for others. */
  async #reserve(name: string, memberId: string, meta: CommandMeta): Promise<void> {
    const holder = await this.#members.holderOf(name);
    if (holder !== null && holder !== memberId) {
      const other = await this.#members.byId(holder);
      const isLinked = other?.linked.some((subject) => this.#members.names.subject(subject) === name);
      if (other === undefined || isLinked) throw nameTaken(name);
      await this.#release(name, holder, meta);
    }
    const commandId = deriveId(meta.commandId, 'reserve', name);
    await this.#commands.execute(new ReserveName({ name, holder: memberId }, { ...meta, commandId }));
  }

  async #release(name: string, holder: string, meta: CommandMeta): Promise<void> {
    const commandId = deriveId(meta.commandId, 'release', name, holder);
    await this.#commands.execute(new ReleaseName({ name, holder }, { ...meta, commandId }));
  }
}
