import { DomainError, deriveId } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import type { Asking } from '../access/asking.ts';
import { networkOf } from '../access/network.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { deviceOf } from '../access/sign-in/device.ts';
import type { FreshSignIn } from '../access/sign-in/fresh-sign-in.ts';
import type { Errand, Person } from '../access/sign-in/oidc/code-flow.ts';
import type { KnownMember, MemberLookup } from '../commands/member-lookup.ts';
import type { ProviderLinks } from '../commands/provider-links.ts';
import { displayNameOf } from '../domain/member/handle.ts';
import type { LinkedSubject } from '../domain/member/provider.commands.ts';
import type { Accounts } from './accounts.ts';
import type { ArrivalSessions } from './arrival-sessions.ts';
import type { Doors } from './doors.ts';
import type { ForumWrites } from './forum-writes.ts';
import type { Newcomers } from './newcomers.ts';
import type { SignedIn } from './session-opening.ts';
import { takeOnce } from './take-once.ts';

export interface ProviderSignInParts {
  readonly providers: readonly Person['provider'][];
  readonly lookup: MemberLookup;
  readonly links: ProviderLinks;
  readonly newcomers: Newcomers;
  readonly accounts: Pick<Accounts, 'signInAs' | 'sendConfirmation'>;
  readonly arrivals: ArrivalSessions;
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly refuseImitation: (displayName: string, memberId: string) => Promise<void>;
  readonly doors: Doors;
  readonly fresh: FreshSignIn;
  readonly commands: Commands;
}

/** Somebody who has no account yet, as far as the forum may say. */
export interface Stranger {
  readonly subject: LinkedSubject;
  readonly names: readonly string[];
  readonly displayName: string | null;
  readonly email: string | null;
}

/** A stranger with its own words. */
export interface AskedStranger extends Stranger {
  readonly displayName: string;
  readonly handle: string;
  /** The token of an invitation. */
  readonly invitation: string | null;
  /** Its coming, which opens one session. */
  readonly arrivalId: string;
}

export type Arrived = { readonly signedIn: SignedIn } | { readonly stranger: Stranger };

interface Coming {
  /** The token of an invitation. */
  readonly invitation: string | null;
  readonly asking: Asking;
}

/** Signs people in by their provider, and links providers to accounts. */
export class ProviderSignIn {
  readonly #parts: ProviderSignInParts;

  constructor(parts: ProviderSignInParts) {
    this.#parts = parts;
  }

  /**
   * Signs in whoever is linked, or has confirmed here the address that the provider confirmed too. A stranger is asked how
   * to be called, since a handle stays, and all strangers alike, so that an address which a provider only claims tells
   * nothing. Throws DomainError banned, and as Doors do.
   */
  async arrive(person: Person, { invitation, asking }: Coming): Promise<Arrived> {
    const { lookup, doors } = this.#parts;
    const stranger = strangerOf(person);
    const known = (await lookup.bySubject(stranger.subject)) ?? (await this.#confirmedOwner(person, asking));
    if (known !== undefined) return { signedIn: await this.#enter(known, asking) };
    await doors.admit(invitation);
    return { stranger };
  }

  /** The handle that a stranger is offered; '' where none can be made of its names. */
  handleFor(names: readonly string[]): Promise<string> {
    return this.#parts.newcomers.freeHandle(names);
  }

  /**
   * Makes the account of a stranger who was asked, and opens one session for its coming. Throws DomainError as Doors,
   * Newcomers and ArrivalSessions do.
   */
  async register(
    stranger: AskedStranger,
    { locale, asking }: { readonly locale: string; readonly asking: Asking },
  ): Promise<SignedIn> {
    const { newcomers, accounts, arrivals, limits, doors, lookup } = this.#parts;
    await limits.take('register', networkOf(asking.address));
    const known = await lookup.bySubject(stranger.subject);
    await arrivals.requireNew(stranger.arrivalId, known);
    if (known !== undefined) return arrivals.enter(known, stranger.arrivalId, asking);
    await this.#parts.refuseImitation(displayNameOf(stranger.displayName), asking.commandId);
    const admitted = await doors.admit(stranger.invitation);
    const memberId = await newcomers.register({ ...stranger, ...admitted, locale }, asking);
    if (stranger.email !== null) await accounts.sendConfirmation(memberId, asking);
    const made = await lookup.byId(memberId);
    if (made === undefined) throw memberNotFound();
    return arrivals.enter(made, stranger.arrivalId, asking);
  }

  /**
   * Before the provider is asked about the code: providers take back what they gave for one that comes twice. Throws
   * DomainError login_failed for the answer to an errand that was answered before, on whatever node, and rate_limited.
   */
  async useUp(
    { provider, state }: Pick<Errand, 'provider' | 'state'>,
    { address, correlationId }: Asking,
  ): Promise<void> {
    const { commands, lookup, limits } = this.#parts;
    await limits.take('sign-in-address', networkOf(address));
    if (await takeOnce(commands, lookup.names.providerState(provider, state), correlationId)) return;
    throw new DomainError('login_failed', 'This sign-in was finished before. Begin again.');
  }

  /** Throws DomainError conflict, and as FreshSignIn does. */
  async link(
    principal: Principal,
    { subject, password }: { readonly subject: LinkedSubject; readonly password: string },
    asking: Asking,
  ): Promise<void> {
    const { memberId } = principal;
    await this.#parts.fresh.require(principal, password);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const { position } = await this.#parts.links.link(memberId, subject, meta);
    await this.#parts.writes.shown(position);
  }

  /** Throws DomainError last_way_in, and as FreshSignIn does. */
  async unlink(
    principal: Principal,
    { provider, password }: { readonly provider: string; readonly password: string },
    asking: Asking,
  ): Promise<void> {
    const { memberId } = principal;
    await this.#parts.limits.take('profile', memberId);
    await this.#parts.fresh.require(principal, password);
    const member = await this.#parts.lookup.byId(memberId);
    if (member === undefined) throw memberNotFound();
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const { position } = await this.#parts.links.unlink(member, provider, meta);
    await this.#parts.writes.shown(position);
  }

  /** The providers of the forum, and the names of those by which the member signs in. */
  async waysOf(
    memberId: string,
  ): Promise<{ readonly providers: readonly Person['provider'][]; readonly linked: readonly string[] }> {
    const { providers, lookup } = this.#parts;
    if (providers.length === 0) return { providers, linked: [] };
    return { providers, linked: (await lookup.byId(memberId))?.linked.map(({ provider }) => provider) ?? [] };
  }

  #enter(known: KnownMember, { userAgent, former }: Asking): Promise<SignedIn> {
    const from = { device: deviceOf(userAgent), ...(former === undefined ? {} : { former }) };
    return this.#parts.accounts.signInAs(known, 'provider', from);
  }

  /**
   * Both sides have confirmed the address: the provider says so, and the member has opened a link here. An account with a
   * second factor is linked from its settings alone, since a provider's word must not replace it.
   */
  async #confirmedOwner(person: Person, asking: Asking): Promise<KnownMember | undefined> {
    if (person.email === null || !person.emailVerified) return undefined;
    const { lookup, links } = this.#parts;
    const owner = await lookup.byConfirmed(person.email);
    const { subject } = strangerOf(person);
    if (owner === undefined || owner.linked.some(({ provider }) => provider === subject.provider)) return undefined;
    if ((await lookup.waysInOf(owner.memberId, new Date().toISOString()))?.secondFactorOn) return undefined;
    const meta = commandMeta(owner, deriveId(asking.commandId, 'link'), asking.correlationId);
    await links.link(owner.memberId, subject, meta);
    return owner;
  }
}

function memberNotFound(): DomainError {
  return new DomainError('member_not_found', 'There is no such member.');
}

function strangerOf({ provider, subject, names, displayName, email }: Person): Stranger {
  return { subject: { provider: provider.name, subject }, names, displayName, email };
}
