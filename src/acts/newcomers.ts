import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DomainError, deriveId } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { networkOf } from '../access/network.ts';
import { commandMeta } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import type { MemberRegistration, Registration } from '../commands/register-member.ts';
import { emailOf } from '../domain/member/email.ts';
import { displayNameFrom, handlesFrom } from '../domain/member/handle-from.ts';
import type { LinkedSubject } from '../domain/member/provider.commands.ts';
import type { Admitted } from './doors.ts';
import { NOT_SCREENED, type ScreenedRegistration, type Screening } from './screening.ts';

/** How long another request for the same person may take until its member is found, in milliseconds. */
const OTHER_COMES_WITHIN_MS = 2_000;
const LOOK_AGAIN_MS = 50;
/** The beginning of a handle that tells nothing; members of before may have another one. A guest is no member. */
const NAMELESS = 'newcomer-';
/** The handles that are tried before the person is asked. */
const MOST_TRIED = 12;

/** Somebody who comes from a provider or the host blog for the first time. */
export interface Arrival extends Partial<Admitted> {
  readonly subject: LinkedSubject;
  /** How the other house calls the person, the best name for a handle first. */
  readonly names: readonly string[];
  /** The name that others should see; null for the first of `names` that may be. */
  readonly displayName: string | null;
  readonly email: string | null;
  readonly locale: string;
}

export interface NewcomerParts {
  readonly registration: MemberRegistration;
  readonly lookup: MemberLookup;
  readonly limits: RateLimits;
  readonly screening: Pick<Screening, 'arrival'>;
}

/** An arrival that the policy was asked about, with the handle that is tried. */
type Screened = Arrival & { readonly handle: string; readonly screening: ScreenedRegistration };

/** Makes accounts for people from other houses: under the same rules as everybody's, without a password. */
export class Newcomers {
  readonly #parts: NewcomerParts;

  constructor(parts: NewcomerParts) {
    this.#parts = parts;
  }

  /** A handle made of the names that the rules and nobody else hold; '' for none. */
  async freeHandle(names: readonly string[]): Promise<string> {
    for (const handle of handlesFrom(names).slice(0, MOST_TRIED)) {
      const looks = { handle, displayName: handle, email: null, password: null, founds: false };
      if ((await this.#parts.registration.faultsOf(looks, randomUUID())).length === 0) return handle;
    }
    return '';
  }

  /**
   * The id of the new member, or of the one that another request of the same person has just made; with a handle that tells
   * nothing where none could be made of the names, since nobody can be asked. Throws DomainError as Screening does, and
   * rate_limited, storage_unavailable, conflict.
   */
  async welcome(arrival: Arrival, asking: Asking): Promise<string> {
    await this.#parts.limits.take('register', networkOf(asking.address));
    return this.#screened(arrival, asking, async (screening) => {
      for (const handle of handlesFrom(arrival.names).slice(0, MOST_TRIED)) {
        const memberId = await this.#try({ ...arrival, screening, handle }, asking);
        if (memberId !== null) return memberId;
      }
      return this.#record({ ...arrival, screening, handle: `${NAMELESS}${randomUUID().slice(0, 8)}` }, asking);
    });
  }

  /** Throws DomainError handle_taken, invalid, and as Screening does. */
  async register(arrival: Arrival & { readonly handle: string }, asking: Asking): Promise<string> {
    return this.#screened(arrival, asking, (screening) => this.#record({ ...arrival, screening }, asking));
  }

  /** Asks the policy about whoever was not invited. What comes to nothing does not count for its network. */
  async #screened(
    { email, invitationId }: Arrival,
    asking: Asking,
    make: (screening: ScreenedRegistration) => Promise<string>,
  ): Promise<string> {
    const isInvited = (invitationId ?? null) !== null;
    const screening = isInvited ? NOT_SCREENED : await this.#parts.screening.arrival(email ?? '', asking);
    try {
      return await make(screening);
    } catch (error) {
      screening.giveBack();
      throw error;
    }
  }

  async #record({ handle, screening, ...arrival }: Screened, asking: Asking): Promise<string> {
    const { subject, membership, roles, invitationId } = arrival;
    const { screened, giveBack } = screening;
    const names = arrival.displayName === null ? arrival.names : [arrival.displayName, ...arrival.names];
    const waits = screened?.measure === 'hold' ? 'waiting' : membership;
    const wish: Registration = {
      handle,
      displayName: displayNameFrom(names) ?? handle,
      email: isAddress(arrival.email) ? arrival.email : null,
      password: null,
      locale: arrival.locale,
      linked: subject,
      ...(waits === undefined ? {} : { membership: waits }),
      ...(screened === null ? {} : { screened }),
      ...(roles === undefined ? {} : { roles }),
      ...(invitationId === undefined ? {} : { invitationId }),
    };
    const commandId = deriveId(asking.commandId, 'newcomer', this.#parts.lookup.names.subject(subject), handle);
    const { actor: _, ...meta } = commandMeta(null, commandId, asking.correlationId);
    try {
      const { memberId, repeated } = await this.#parts.registration.register({ ...wish, founds: false }, meta);
      if (repeated) giveBack();
      return memberId;
    } catch (error) {
      if (isOfField(error, 'displayName') && wish.displayName !== handle) {
        return this.#record({ ...arrival, displayName: null, names: [handle], handle, screening }, asking);
      }
      const other = isConflict(error) ? await this.#otherOf(subject) : undefined;
      if (other === undefined) throw error;
      giveBack();
      return other;
    }
  }

  async #try(arrival: Screened, asking: Asking): Promise<string | null> {
    try {
      return await this.#record(arrival, asking);
    } catch (error) {
      const isTaken = error instanceof DomainError && error.code === 'handle_taken';
      if (isTaken || isOfField(error, 'handle') || isOfField(error, 'displayName')) return null;
      throw error;
    }
  }

  /** The member whom another request is just making for the subject, on this node or another. */
  async #otherOf(subject: LinkedSubject): Promise<string | undefined> {
    const until = Date.now() + OTHER_COMES_WITHIN_MS;
    do {
      const member = await this.#parts.lookup.bySubject(subject);
      if (member !== undefined) return member.memberId;
      await pause(LOOK_AGAIN_MS);
    } while (Date.now() < until);
    return undefined;
  }
}

function isAddress(email: string | null): email is string {
  if (email === null) return false;
  try {
    return emailOf(email) !== '';
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'conflict';
}

function isOfField(error: unknown, field: string): boolean {
  return error instanceof DomainError && error.errors.some((one) => one.field === field);
}
