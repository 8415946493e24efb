import { Logger } from '@nestjs/common';
import type { Login } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import type { KnownMember } from '../../commands/member-lookup.ts';
import { networkOf } from '../network.ts';
import type { RateLimits } from '../rate-limits.ts';
import type { Credentials } from './credentials.ts';
import { type FailedSignIns, Guesses } from './guesses.ts';

/** The origin of a sign-in. */
export interface SignInOrigin {
  readonly address: string;
  /** Browser and system in few words; see deviceOf. */
  readonly device?: string;
  /** Whether this browser signed in by the login before; see KnownDevices. */
  readonly knows?: (name: string) => boolean;
}

/**
 * Lets passwords be tried, and makes guessing slow. Each guess has two counts. The count of the login, whatever its
 * spelling and address, is told: 429 with the wait. The count of the member joins its handle and its e-mail address. It
 * must not be told, or it would tell whose an address is: during its wait every password is wrong. Waits grow and end,
 * guesses during a wait do not make it longer, and a browser that signed in by the login before has counts of its own.
 * So nobody can lock a member out for good.
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
    await this.#limits.take('sign-in-address', network);
    await this.#limits.take('sign-in', `${network} ${name}`);
    const isKnown = knows?.(name) ?? false;
    const guess = this.#begin(isKnown ? `known ${name}` : name);
    const { owner, claimants } = await this.#credentials.ownerOf(login);
    const isSpent = !isKnown && claimants.some(({ memberId }) => this.#waitOf(memberId) > 0);
    if (owner !== undefined && !isSpent) {
      guess?.takeBack();
      return owner;
    }
    if (owner !== undefined) guess?.takeBack();
    else this.#wrong(claimants, isKnown);
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
    else this.#guesses.tell(member.memberId, Date.now());
    return isRight;
  }

  /**
   * Lets a code of the second factor be tried. Wrong codes have a count of their own, which a browser that signed in by
   * the login before does not share: whoever knows the password cannot keep the owner out.
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
      if (!isWrongCode(error)) guess?.takeBack();
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

  #wrong(claimants: readonly KnownMember[], isKnown: boolean): void {
    const now = Date.now();
    for (const { memberId } of claimants) {
      this.#guesses.tell(memberId, now);
      if (!isKnown && this.#limits.on) this.#guesses.count(`member ${memberId}`, now);
    }
  }
}

function isWrongCode(error: unknown): boolean {
  if (!(error instanceof DomainError)) return false;
  return error.code === 'second_factor_failed' || error.errors.some(({ field }) => field === 'code');
}
