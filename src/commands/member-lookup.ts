import { inUnicode } from '../../libs/burmese/index.ts';
import { type EventStore } from '../../libs/event-store/index.ts';
import { type CommandMeta, isErased } from '../../libs/kernel/index.ts';
import { inForumWords, StreamFolds } from '../../libs/nest-decider/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { type Membership, type Role, TEXT_LIMITS } from '../../libs/words/index.ts';
import { addressAt, presentAddress } from '../domain/member/address.rules.ts';
import { isFoldedAlike, isSameAddress } from '../domain/member/email.ts';
import { type MemberState, memberDecider } from '../domain/member/member.decider.ts';
import type { MemberEvent } from '../domain/member/member.events.ts';
import { type KnownPasskey, passkeysIn } from '../domain/member/passkeys.rules.ts';
import type { LinkedSubject } from '../domain/member/provider.commands.ts';
import { secretToConfirm } from '../domain/member/second-factor.rules.ts';
import { requireShown } from '../domain/member/sessions.rules.ts';
import { addressToReturnTo, type WaysBack } from '../domain/member/ways-back.rules.ts';
import { handleName, nameTaken } from '../domain/reservation/names.ts';
import { type ReservationState, reservationDecider } from '../domain/reservation/reservation.decider.ts';
import type { ReservationEvent } from '../domain/reservation/reservation.events.ts';
import { decoders } from './decoders.ts';
import type { EmailNames } from './email-name.ts';
import { KnownNames } from './known-names.ts';
import { UNOPENED } from './member.handlers.ts';
import { streams } from './streams.ts';

/** A member as signing in needs it, read from the log itself, so that signing in works at once after registering. */
export interface KnownMember {
  readonly memberId: string;
  readonly handle: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly locale: string;
  readonly email: string | null;
  readonly emailConfirmed: boolean;
  /** Since when the member has the address (RFC 3339). */
  readonly emailSince: string;
  /** The link that was sent to the address that the member wants; null for none. */
  readonly emailWantedBy: string | null;
  /** When the password was chosen (RFC 3339). */
  readonly passwordSince: string;
  /** The position of that. */
  readonly passwordPosition: bigint;
  /** The event that last ended all of its sessions; null for none. */
  readonly lastEnd: string | null;
  /** argon2id in PHC form; null without a password. */
  readonly passwordHash: string | null;
  /** The ways back that are worthless, since the account was taken back. */
  readonly waysBack: WaysBack;
  readonly linked: readonly LinkedSubject[];
  /** Each time when the second factor was turned on (RFC 3339), oldest first, also while it is off. */
  readonly secondFactorsFrom: readonly string[];
  readonly membership: Membership;
}

/** What signing in with a code or a passkey needs of a member, read from the log itself. */
export interface KnownWaysIn {
  /** The event that last ended all of the member's sessions; null for none. */
  readonly lastEnd: string | null;
  readonly secondFactorOn: boolean;
  /** Whose codes count now: of the factor that is on, or of the one that was offered a while ago; null for neither. */
  readonly codeSecret: string | null;
  readonly passkeys: ReadonlyMap<string, KnownPasskey>;
}

/** Finds members by what they sign in with. Throws DomainError storage_unavailable. */
export class MemberLookup {
  readonly #members: StreamFolds<MemberState, MemberEvent>;
  readonly #names: StreamFolds<ReservationState, ReservationEvent>;
  readonly names: EmailNames;
  readonly #known: KnownNames;

  constructor(store: EventStore, vault: Vault, names: EmailNames) {
    const log = { store, vault };
    this.#members = new StreamFolds(log, { folding: memberDecider, decoder: decoders.member, ignores: UNOPENED });
    this.#names = new StreamFolds(log, { folding: reservationDecider, decoder: decoders.reservation });
    this.names = names;
    this.#known = new KnownNames(store, (memberId) => this.byId(memberId));
  }

  /** By handle or e-mail address, in any case and normal form; undefined for one that signs nobody in. */
  async byLogin(login: string): Promise<KnownMember | undefined> {
    const [first] = await this.allByLogin(login);
    return first;
  }

  /**
   * Every member whom this handle or address may sign in, depending on the password. The member who has confirmed the
   * address comes first, then the first who gave it. As many streams are read for an unknown address as for a known one.
   */
  async allByLogin(login: string): Promise<readonly KnownMember[]> {
    const text = login.trim();
    if (text === '' || text.length > TEXT_LIMITS.login.max) return [];
    if (isEmail(text)) return this.#withAddress(text, this.names.found(text));
    return this.#holding([handleName(text)]);
  }

  /** Of those who hold the streams, the ones whose own address it is. */
  async #withAddress(email: string, streams: readonly string[]): Promise<readonly KnownMember[]> {
    return (await this.#holding(streams)).filter((member) => isAt(member.email, email));
  }

  async #holding(streams: readonly string[]): Promise<readonly KnownMember[]> {
    const holders = await Promise.all(streams.map((name) => this.holderOf(name)));
    const known = [...new Set(holders)].map((holder) => (holder === null ? undefined : this.byId(holder)));
    const members = await Promise.all(known);
    return members.filter((member) => member !== undefined);
  }

  /** The stream of a login, or of the first place of an address, whatever its spelling. */
  nameOf(login: string): string {
    const text = login.trim();
    return isEmail(text) ? (this.names.places(text)[0] ?? '') : handleName(text);
  }

  /** The one member who has confirmed the address. */
  async byConfirmed(email: string): Promise<KnownMember | undefined> {
    const members = await this.#withAddress(email, this.names.confirmedFound(email));
    return members.find((member) => member.emailConfirmed);
  }

  /** The name to reserve for the member who confirms the address. Throws DomainError email_taken. */
  async nameToConfirm(email: string, memberId: string): Promise<string> {
    const owner = await this.byConfirmed(email);
    const name = this.names.confirmed(email);
    if (owner !== undefined && owner.memberId !== memberId) throw nameTaken(name);
    const [holder] = await this.#holding([name]);
    const address = holder?.email ?? null;
    const wasTakenForIt = address !== null && isFoldedAlike(address, email) && !isSameAddress(address, email);
    return wasTakenForIt ? this.names.confirmedBeside(email) : name;
  }

  /** The member to whom a subject is linked. */
  async bySubject(subject: LinkedSubject): Promise<KnownMember | undefined> {
    const holder = await this.holderOf(this.names.subject(subject));
    const member = holder === null ? undefined : await this.byId(holder);
    return member?.linked.some((one) => isSameSubject(one, subject)) ? member : undefined;
  }

  /** Whether a handle cannot be told apart from another member's. Throws DomainError storage_unavailable. */
  async isLookAlike(handle: string, memberId: string): Promise<boolean> {
    try {
      return await this.#known.isLookAlike(handle, memberId);
    } catch (error) {
      throw inForumWords(error);
    }
  }

  /** Whether a name looks at a glance like anybody's handle. Throws DomainError storage_unavailable. */
  async isHandleAtAGlance(name: string): Promise<boolean> {
    try {
      return await this.#known.isHandleAtAGlance(name);
    } catch (error) {
      throw inForumWords(error);
    }
  }

  /** Whether a display name passes for another member, see KnownNames. Throws DomainError storage_unavailable. */
  async passesForAnother(displayName: string, memberId: string): Promise<boolean> {
    try {
      return await this.#known.passesForAnother(inUnicode(displayName), memberId);
    } catch (error) {
      throw inForumWords(error);
    }
  }

  /**
   * The salt of the passwords that come with this login; null for a handle, since that member has a salt of its own.
   */
  saltOf(login: string): Uint8Array | null {
    return isEmail(login) ? this.names.salt(login) : null;
  }

  /** The places of an address that a new member may ask for. All of them are looked at, however many are taken. */
  async freePlaces(email: string, memberId: string): Promise<readonly string[]> {
    const places = await Promise.all(
      this.names.places(email).map(async (name) => {
        const holder = await this.holderOf(name);
        const isFree = holder === null || holder === memberId || (await this.byId(holder)) === undefined;
        return isFree ? [name] : [];
      }),
    );
    return places.flat();
  }

  /** Undefined for a member who never registered, or was erased. */
  async byId(memberId: string): Promise<KnownMember | undefined> {
    try {
      return known((await this.#members.load(streams.member(memberId))).state);
    } catch (error) {
      throw inForumWords(error);
    }
  }

  /** The address that the member had at the moment (RFC 3339). */
  async addressOf(memberId: string, moment: string): Promise<string | null> {
    try {
      return addressAt((await this.#members.load(streams.member(memberId))).state.addresses, moment);
    } catch (error) {
      throw inForumWords(error);
    }
  }

  /** The member's erasure; it has one, so that two that are asked for at once, on any nodes, are the same. */
  erasureIdOf(memberId: string): string {
    return this.names.erasure(`member ${memberId}`);
  }

  /** Throws DomainError unauthenticated where the session that a member sends a command from has ended. */
  async requireShown({ meta, memberId }: { readonly meta: CommandMeta; readonly memberId: string }): Promise<void> {
    try {
      requireShown(meta, (await this.#members.load(streams.member(memberId))).state.sessions);
    } catch (error) {
      throw inForumWords(error);
    }
  }

  /** The address from before the change that a way back undoes; null when it was not changed since. */
  async addressToReturnTo(
    memberId: string,
    link: { readonly linkId: string; readonly since: string | null },
  ): Promise<string | null> {
    try {
      const { state } = await this.#members.load(streams.member(memberId));
      return addressToReturnTo(state, { ...link, memberId });
    } catch (error) {
      throw inForumWords(error);
    }
  }

  /** `now` in RFC 3339. Undefined for a member who never registered. */
  async waysInOf(memberId: string, now: string): Promise<KnownWaysIn | undefined> {
    try {
      const { state } = await this.#members.load(streams.member(memberId));
      if (state.memberId === null || state.erased) return undefined;
      return {
        lastEnd: state.sessions.allEnded.by,
        secondFactorOn: state.secondFactor.secret !== null,
        codeSecret: secretToConfirm(state.secondFactor, now),
        passkeys: passkeysIn(state.passkeys),
      };
    } catch (error) {
      throw inForumWords(error);
    }
  }

  /** The id for which a name is reserved; null for a free one. */
  async holderOf(name: string): Promise<string | null> {
    return (await this.reservationOf(name)).holder;
  }

  /** The same with the time since when (RFC 3339). */
  async reservationOf(name: string): Promise<Pick<ReservationState, 'holder' | 'since'>> {
    try {
      return (await this.#names.load(name)).state;
    } catch (error) {
      throw inForumWords(error);
    }
  }
}

function isSameSubject(one: LinkedSubject, other: LinkedSubject): boolean {
  return one.provider === other.provider && one.subject === other.subject;
}

function isEmail(login: string): boolean {
  return login.includes('@');
}

/** False for the former address of a member who has another one now. */
function isAt(address: string | null, login: string): boolean {
  return address !== null && isSameAddress(address, login);
}

function known(state: MemberState): KnownMember | undefined {
  const { memberId, displayName, passwordHash, registered } = state;
  if (memberId === null || typeof displayName !== 'string') return undefined;
  if (registered === null || isErased(registered)) return undefined;
  if (passwordHash !== null && typeof passwordHash !== 'string') return undefined;
  const { handle, roles, locale, addresses, passwordSince, passwordPosition, membership, waysBack } = state;
  const lastEnd = state.sessions.allEnded.by;
  const linked = [...state.providers].flatMap(([provider, subject]) =>
    subject === null ? [] : [{ provider, subject }],
  );
  const { turnedOnAt: secondFactorsFrom } = state.secondFactor;
  const { isConfirmed: emailConfirmed, had, wantedBy: emailWantedBy } = addresses;
  const address = {
    email: presentAddress(addresses),
    emailConfirmed,
    emailWantedBy,
    emailSince: had.at(-1)?.from ?? '',
  };
  const who = { memberId, handle, displayName, roles, locale, membership };
  const password = { passwordSince, passwordPosition, passwordHash };
  return { ...who, ...address, ...password, lastEnd, linked, secondFactorsFrom, waysBack };
}
