import { Logger } from '@nestjs/common';
import type { Login } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import type { KnownMember } from '../../commands/member-lookup.ts';
import { networkOf } from '../network.ts';
import type { Principal } from '../principal.ts';
import type { RateLimits } from '../rate-limits.ts';
import type { Credentials } from './credentials.ts';
import type { Framed } from './framed.ts';
import { type FailedSignIns, Guesses } from './guesses.ts';

/** The origin of a sign-in. */
export interface SignInOrigin {
  readonly address: string;
  /** Browser and system in few words; see deviceOf. */
  readonly device?: string;
  /** Whether this browser signed in as the member before; see KnownDevices. Missing for one that never signed in. */
  readonly knows?: (memberId: string) => boolean;
  /** The session that the browser has had so far; a new one of the same member takes its place. */
  readonly former?: Principal;
  /** For a session of a frame on another site's page. */
  readonly framed?: Framed;
}

/**
 * Lets passwords be tried, and makes guessing slow. Each guess has two counts. The count of the login, whatever its
 * spelling and address, is told: 429 with the wait. The count of the member joins its handle and its e-mail address. It
 * must not be told, or it would tell whose an address is: during its wait the member's right password is wrong, too. Waits
 * grow and end, and guesses during a wait do not make it longer. A browser that signed in as the member before has counts
 * of its own, whatever was tried from its network. So nobody can lock a member out.
 */
export class SignInGuard {
  readonly #credentials: Credentials;
  readonly #limits: RateLimits;
  readonly #guesses = new Guesses();
  readonly #log = new Logger('a sign-in failed');

  constructor(credentials: Credentials, limits: RateLimits) {
    this.#credentials = credentials;
    this.#limits = limits;
  }

  /** An unknown login and a wrong password are the same `login_failed`, after the same time. Throws rate_limited too. */
  async memberOf(login: Login, { address, knows }: SignInOrigin): Promise<KnownMember> {
    const network = networkOf(address);
    const name = this.#credentials.nameOf(login.login);
    const before = await this.#known(login.login, knows);
    if (before === undefined) {
      await this.#limits.take('sign-in-address', network);
      await this.#limits.take('sign-in', `${network} ${name}`);
    }
    const guess = this.#begin(before === undefined ? name : `known ${before}`);
    const { owner, claimants } = await this.#credentials.ownerOf(login);
    if (owner !== undefined) {
      guess?.takeBack();
      if (owner.memberId === before || this.#waitOf(owner.memberId) === 0) return owner;
    } else this.#wrong(claimants, before);
    this.#log.log({ login: this.#credentials.loggedNameOf(login.login), network });
    throw new DomainError(
      'login_failed',
      'Login or password is wrong. After many wrong passwords a right one is refused for a while too.',
    );
  }

  /** Asks for the password of somebody who is signed in already. */
  async isOf(member: KnownMember, password: string): Promise<boolean> {
    const guess = this.#begin(`signed in ${member.memberId}`);
    const isRight = await this.#credentials.isOf(member, password);
    if (isRight) guess?.takeBack();
    else {
      this.#guesses.tell(member.memberId, Date.now());
      this.#log.log({ member: member.memberId, from: 'signed in', factor: 'password' });
    }
    return isRight;
  }

  /**
   * Lets a code of the second factor be tried. Wrong codes have a count of their own, which a browser that signed in as
   * the member before does not share: whoever knows the password cannot keep the owner out.
   */
  async tryCode<Result>(
    memberId: string,
    from: 'known' | 'unknown' | 'signed in',
    attempt: () => Promise<Result>,
  ): Promise<Result> {
    const guess = this.#begin(`code ${from} ${memberId}`);
    try {
      const result = await attempt();
      guess?.takeBack();
      return result;
    } catch (error) {
      if (isWrongCode(error)) this.#log.log({ member: memberId, from, factor: 'code' });
      else guess?.takeBack();
      throw error;
    }
  }

  untold(memberId: string): FailedSignIns | null {
    return this.#guesses.untold(memberId);
  }

  told(memberId: string): void {
    this.#guesses.told(memberId);
  }

  #begin(key: string): { readonly takeBack: () => void } | null {
    if (!this.#limits.on) return null;
    const now = Date.now();
    const wait = this.#guesses.wait(key, now);
    if (wait === 0) return this.#guesses.count(key, now);
    throw new DomainError('rate_limited', `Too many wrong passwords or codes. Try again in ${wait} s.`, [], wait);
  }

  #waitOf(memberId: string): number {
    return this.#limits.on ? this.#guesses.wait(`member ${memberId}`, Date.now()) : 0;
  }

  /** The member of the login as whom this browser signed in before. */
  async #known(login: string, knows: SignInOrigin['knows']): Promise<string | undefined> {
    if (knows === undefined) return undefined;
    const members = await this.#credentials.claimantsOf(login);
    return members.find(({ memberId }) => knows(memberId))?.memberId;
  }

  /** The member whom the browser knows has a count of its own; somebody else's address may be its address, too. */
  #wrong(claimants: readonly KnownMember[], before: string | undefined): void {
    const now = Date.now();
    for (const { memberId } of claimants) {
      this.#guesses.tell(memberId, now);
      if (memberId !== before && this.#limits.on) this.#guesses.count(`member ${memberId}`, now);
    }
  }
}

function isWrongCode(error: unknown): boolean {
  if (!(error instanceof DomainError)) return false;
  return error.code === 'second_factor_failed' || error.errors.some(({ field }) => field === 'code');
}
