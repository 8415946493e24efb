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

/** How long another request for the same person may take until its member is found, in milliseconds. */
const OTHER_COMES_WITHIN_MS = 2_000;
const LOOK_AGAIN_MS = 50;
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
}

/** Makes accounts for people from other houses: under the same rules as everybody's, without a password. */
export class Newcomers {
  readonly #parts: NewcomerParts;

  constructor(parts: NewcomerParts) {
    this.#parts = parts;
  }

  /**
   * The id of the new member, or of the one that another request of the same person has just made; null when no handle
   * could be made of the names. Throws DomainError rate_limited, storage_unavailable, conflict.
   */
  async welcome(arrival: Arrival, asking: Asking): Promise<string | null> {
    await this.#parts.limits.take('register', networkOf(asking.address));
    for (const handle of handlesFrom(arrival.names).slice(0, MOST_TRIED)) {
      const memberId = await this.#try(handle, arrival, asking);
      if (memberId !== null) return memberId;
    }
    return null;
  }

  /** A handle made of the names that the rules and nobody else hold; '' for none. */
  async freeHandle(names: readonly string[]): Promise<string> {
    for (const handle of handlesFrom(names).slice(0, MOST_TRIED)) {
      const looks = { handle, displayName: handle, email: null, password: null };
      if ((await this.#parts.registration.faultsOf(looks, randomUUID())).length === 0) return handle;
    }
    return '';
  }

  /** Welcomes with a handle that tells nothing, where nobody can be asked. */
  async welcomeAnyhow(arrival: Arrival, asking: Asking): Promise<string> {
    const made = await this.welcome(arrival, asking);
    if (made !== null) return made;
    const handle = `guest-${randomUUID().slice(0, 8)}`;
    return this.register({ ...arrival, handle }, asking);
  }

  /** Throws DomainError handle_taken and invalid besides. */
  async register({ handle, ...arrival }: Arrival & { readonly handle: string }, asking: Asking): Promise<string> {
    const { subject, membership, roles, invitationId } = arrival;
    const names = arrival.displayName === null ? arrival.names : [arrival.displayName, ...arrival.names];
    const wish: Registration = {
      handle,
      displayName: displayNameFrom(names) ?? handle,
      email: isAddress(arrival.email) ? arrival.email : null,
      password: null,
      locale: arrival.locale,
      linked: subject,
      ...(membership === undefined ? {} : { membership }),
      ...(roles === undefined ? {} : { roles }),
      ...(invitationId === undefined ? {} : { invitationId }),
    };
    const commandId = deriveId(asking.commandId, 'newcomer', this.#parts.lookup.names.subject(subject), handle);
    const { actor: _, ...meta } = commandMeta(null, commandId, asking.correlationId);
    try {
      return (await this.#parts.registration.register({ ...wish, founds: false }, meta)).memberId;
    } catch (error) {
      if (isOfField(error, 'displayName') && wish.displayName !== handle) {
        return this.register({ ...arrival, displayName: null, names: [handle], handle }, asking);
      }
      const other = isConflict(error) ? await this.#otherOf(subject) : undefined;
      if (other !== undefined) return other;
      throw error;
    }
  }

  async #try(handle: string, arrival: Arrival, asking: Asking): Promise<string | null> {
    try {
      return await this.register({ ...arrival, handle }, asking);
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
