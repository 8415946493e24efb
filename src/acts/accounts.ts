import { randomUUID } from 'node:crypto';
import type { QueryBus } from '@nestjs/cqrs';
import type { Login, NewMember, OwnMember, SignInWay, SignInWish } from '../../libs/client/index.ts';
import { DomainError, deriveId, founderNeeded, type Position } from '../../libs/kernel/index.ts';
import type { Recorded } from '../../libs/nest-decider/index.ts';
import type { Asking } from '../access/asking.ts';
import type { Founding } from '../access/founding.ts';
import { networkOf } from '../access/network.ts';
import { ownPath } from '../access/own-path.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { Credentials } from '../access/sign-in/credentials.ts';
import type { SignInGuard, SignInOrigin } from '../access/sign-in/sign-in-guard.ts';
import { refuseTogether } from '../commands/faults.ts';
import type { KnownMember, MemberLookup } from '../commands/member-lookup.ts';
import type { MemberRegistration, NewcomerLooks, Registered, Registration } from '../commands/register-member.ts';
import { RequestLink } from '../domain/link/link.commands.ts';
import { emailOf, isSameAddress } from '../domain/member/email.ts';
import { EndSession } from '../domain/member/sessions.commands.ts';
import { GetOwnMember } from '../views/members/members.query-types.ts';
import type { Doors } from './doors.ts';
import type { ForumWrites } from './forum-writes.ts';
import { letterAllowanceOf } from './letter-allowance.ts';
import type { ProvenAddresses } from './proven-addresses.ts';
import { NOT_SCREENED, type ScreenedRegistration, type Screening, type SentForm } from './screening.ts';
import type { FirstFactor, SecondStep, SessionOpening, SignedIn } from './session-opening.ts';

export interface AccountParts {
  readonly registration: MemberRegistration;
  readonly lookup: MemberLookup;
  readonly credentials: Credentials;
  readonly guard: SignInGuard;
  readonly opening: SessionOpening;
  readonly doors: Doors;
  readonly screening: Screening;
  readonly proven: ProvenAddresses;
  readonly limits: RateLimits;
  readonly founding: Founding;
  readonly writes: ForumWrites;
  readonly queries: Pick<QueryBus, 'execute'>;
}

/** What comes with a registration besides its fields. */
export interface Arriving {
  /** Null for a program. */
  readonly form?: SentForm | null;
  /** The path of this forum to go to once the address is confirmed. */
  readonly next?: string;
  /** Done before the first letter is asked for, so that it already tells of it. */
  readonly beforeMail?: (member: OwnMember) => Promise<void>;
}

export interface NewAccount {
  readonly member: OwnMember;
  readonly position: Position;
  /** True when the same command has made the account before. */
  readonly repeated: boolean;
  /** False when the address, or the mailbox behind it, has had its letters of this hour. */
  readonly isMailed: boolean;
}

/** Somebody new, with whether a letter to confirm the address went out. */
export type NewlySignedIn = SignedIn & Pick<NewAccount, 'isMailed'>;

/**
 * Registering, signing in and out: the same for the API and the pages.
 */
export class Accounts {
  readonly #parts: AccountParts;

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /**
   * An address gets some confirmations an hour, whoever registers with it; a further account has none until it asks for it.
   * Whoever is not invited is asked about by the policy's rules; Throws DomainError, as
   * Doors and Screening do and: invalid, handle_taken, founder_needed, rate_limited, storage_unavailable.
   */
  async register(
    { invitation, ...wish }: NewMember,
    asking: Asking,
    { form = null, beforeMail, next }: Arriving = {},
  ): Promise<NewAccount> {
    const { founderCode, locale = 'en', proof = '', ...fields } = wish;
    const founds = await this.#mayFound(founderCode, asking).catch(async (error: unknown) => {
      if (!isWrongCode(error)) throw error;
      refuseTogether([error, ...(await this.#parts.registration.faultsOf(fields, randomUUID()))]);
      return false;
    });
    if (asking.here || !founds) await this.#limitRegistering(wish.email, asking);
    const { mailedTo, ...admitted } = await this.#parts.doors.admit(invitation ?? null);
    const isFree = invitation !== undefined || (founds && this.#parts.founding.isNeeded);
    // A proof is used up by the screening, so a name that is taken is told before.
    if ((form?.proof ?? proof) !== '') await this.#parts.registration.refuseFaulty(fields, asking.commandId);
    const comer = { email: wish.email, form, proof, actId: asking.commandId, asking };
    const screening = isFree ? NOT_SCREENED : await this.#parts.screening.registration(comer);
    const registered = await this.#record({ ...fields, ...admitted, locale, founds }, screening, asking);
    const { memberId, repeated } = registered;
    await beforeMail?.(await this.#shown(memberId, registered.position));
    if (mailedTo !== null && isSameAddress(mailedTo, emailOf(wish.email))) {
      const { position } = await this.confirmProven(memberId, mailedTo, asking);
      return { member: await this.#shown(memberId, position), position, repeated, isMailed: true };
    }
    const asked = await this.#sendWithinAllowance({ ...registered, next }, wish.email, asking);
    const { position } = asked ?? registered;
    return { member: await this.#shown(memberId, position), position, repeated, isMailed: asked !== null };
  }

  /** Null where the mailbox has had its letters. A letter that was asked for before, or cannot be asked for, is none of them. */
  async #sendWithinAllowance(
    { memberId, next }: Pick<Registered, 'memberId'> & { readonly next: string | undefined },
    email: string,
    asking: Asking,
  ): Promise<Recorded | null> {
    const { limits, credentials } = this.#parts;
    const mailbox = letterAllowanceOf(email, credentials);
    if (!(await limits.spend('confirmation-email', mailbox))) return null;
    let isSent = false;
    try {
      const recorded = await this.sendConfirmation(memberId, asking, next);
      isSent = !recorded.repeated;
      return recorded;
    } finally {
      if (!isSent) await limits.giveBack('confirmation-email', mailbox);
    }
  }

  /** What comes to nothing, or was recorded before, does not count for its network. */
  async #record(wish: Registration, { screened, giveBack }: ScreenedRegistration, asking: Asking): Promise<Registered> {
    const { actor: _, ...meta } = commandMeta(null, asking.commandId, asking.correlationId);
    const waits = screened?.measure === 'hold' ? { membership: 'waiting' as const } : {};
    try {
      const told = { ...wish, ...waits, ...(screened === null ? {} : { screened }) };
      const registered = await this.#parts.registration.register(told, meta);
      if (registered.repeated) giveBack();
      return registered;
    } catch (error) {
      giveBack();
      throw error;
    }
  }

  /**
   * Registers and signs in. A repeat signs in by its own handle and password like everybody, since whoever knows the id
   * of a form need not be the one who filled it in. Throws DomainError as `register` and `signIn` do.
   */
  async registerAndEnter(
    wish: NewMember,
    asking: Asking,
    from: SignInOrigin,
    arriving: Arriving = {},
  ): Promise<NewlySignedIn | SignedIn | SecondStep> {
    const { member, repeated, isMailed } = await this.register(wish, asking, arriving);
    if (repeated) return this.beginSignIn({ login: wish.handle, password: wish.password }, from);
    return { ...(await this.signInAs(await this.#member(member.id), 'registration', from)), isMailed };
  }

  /** A founder with the code is not limited, so that nobody keeps it out. */
  async #limitRegistering(email: string, { address }: Asking): Promise<void> {
    const { limits, credentials } = this.#parts;
    const network = networkOf(address);
    await limits.take('register', network);
    await limits.take('register-email', `${network} ${credentials.nameOf(email)}`);
  }

  /**
   * What is wrong with the names and the password of somebody new besides their form, so that all of it is told at once.
   * Throws DomainError rate_limited, storage_unavailable.
   */
  async faultsOf(wish: NewcomerLooks, { address }: Asking): Promise<readonly DomainError[]> {
    await this.#parts.limits.take('register', networkOf(address));
    return this.#parts.registration.faultsOf(wish, randomUUID());
  }

  /**
   * On the machine of a forum that is for that machine alone no code is needed: whoever works there can make members
   * without asking.
   */
  async #mayFound(code: string | undefined, { here, address }: Asking): Promise<boolean> {
    const { founding } = this.#parts;
    const isTrusted = here && founding.trustsHere;
    if (isTrusted || !founding.isNeeded) return isTrusted;
    if (code === undefined) throw founderNeeded();
    await founding.check(code, networkOf(address));
    return true;
  }

  /** Asks for the mail with which a member confirms its address, and then goes on to a path of this forum. */
  sendConfirmation(memberId: string, { commandId, correlationId }: Asking, next = '/'): Promise<Recorded> {
    const path = ownPath(next);
    const wish = { memberId, email: null, next: path === '/' ? null : path, since: null, purpose: 'confirm' } as const;
    const step = deriveId(commandId, 'confirmation');
    const meta = commandMeta({ memberId }, step, correlationId);
    return this.#parts.writes.send(new RequestLink({ ...wish, linkId: step }, meta));
  }

  /** Confirms an address that was proved on the way in, or asks for the mail where that cannot be. */
  async confirmProven(memberId: string, email: string, asking: Asking): Promise<{ readonly position: Position }> {
    const position = await this.#parts.proven.confirm(memberId, email, asking);
    return position === null ? this.sendConfirmation(memberId, asking) : { position };
  }

  /**
   * An unknown login and a wrong password are the same `login_failed`, after the same time. Throws DomainError
   * `second_factor_required`, `second_factor_failed`, `banned` and `rate_limited` too.
   */
  async signIn({ code, ...login }: SignInWish, from: SignInOrigin): Promise<SignedIn> {
    const { memberId, first } = await this.#proved(login, from);
    return this.#parts.opening.enterWithCode(memberId, first, code, from);
  }

  /** The same for a page, which asks for the code of a second factor in a second step. */
  async beginSignIn(login: Login, from: SignInOrigin): Promise<SignedIn | SecondStep> {
    const { memberId, first } = await this.#proved(login, from);
    return this.#parts.opening.enter(memberId, first, from);
  }

  /** The second step of a page. Throws like `signIn`, and `login_failed` for a ticket that is over. */
  takeStep(step: { readonly ticket: string; readonly code: string }, from: SignInOrigin): Promise<SignedIn> {
    return this.#parts.opening.takeStep(step, from);
  }

  async #proved(login: Login, from: SignInOrigin): Promise<{ readonly memberId: string; readonly first: FirstFactor }> {
    const at = new Date();
    const { memberId, lastEnd } = await this.known(login, from);
    return { memberId, first: { way: 'password', at, shown: { lastEnd } } };
  }

  /** The member with this login and password, banned or not. Throws like `signIn`. */
  known(login: Login, from: SignInOrigin): Promise<KnownMember> {
    return this.#parts.guard.memberOf(login, from);
  }

  /** Called when the member has seen on its settings that others tried passwords for it. */
  toldOfFailedSignIns({ memberId }: Principal): void {
    this.#parts.guard.told(memberId);
  }

  /** Signs in a member by what was shown when it was looked up. Throws DomainError login_failed, banned. */
  signInAs(
    { memberId, lastEnd }: Pick<KnownMember, 'memberId' | 'lastEnd'>,
    way: SignInWay,
    from: Pick<SignInOrigin, 'device' | 'former' | 'framed'>,
  ): Promise<SignedIn> {
    return this.#parts.opening.open(memberId, { way, at: new Date(), shown: { lastEnd }, proof: null }, from);
  }

  /** With one click, for the demo. Throws DomainError member_not_found. */
  async signInForDemo(memberId: string, from: Pick<SignInOrigin, 'device' | 'former'>): Promise<SignedIn> {
    return this.signInAs(await this.#member(memberId), 'demo', from);
  }

  async #member(memberId: string): Promise<KnownMember> {
    const known = await this.#parts.lookup.byId(memberId);
    if (known === undefined) throw new DomainError('member_not_found', 'There is no such member.');
    return known;
  }

  /** The session is refused from the next request on. */
  async signOut(principal: Principal, correlationId: string): Promise<Position> {
    const { memberId, sessionId, sessionEndsAt: expiresAt } = principal;
    const meta = commandMeta(principal, randomUUID(), correlationId);
    const { position } = await this.#parts.writes.send(new EndSession({ memberId, sessionId, expiresAt }, meta));
    return position;
  }

  async #shown(memberId: string, position: Position): Promise<OwnMember> {
    await this.#parts.writes.shown(position);
    return this.#parts.queries.execute(new GetOwnMember(memberId));
  }
}

function isWrongCode(error: unknown): error is DomainError {
  return error instanceof DomainError && error.errors.some(({ field }) => field === 'founderCode');
}
