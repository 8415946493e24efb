import { DomainError } from '../../../libs/kernel/index.ts';
import type { MemberLookup } from '../../commands/member-lookup.ts';
import type { Principal } from '../principal.ts';
import { signedInWithin } from './sessions.ts';
import type { SignInGuard } from './sign-in-guard.ts';

/** Milliseconds for which a sign-in is fresh: in place of a password, wherever a way in is added, changed or removed. */
const FRESH_MS = 10 * 60_000;

/** True when nobody need be asked again before a way in is changed. */
export function isFresh(principal: Principal): boolean {
  return signedInWithin(FRESH_MS, principal);
}

/** Makes sure that the member is there itself before a way in is changed, and not one who found its browser open. */
export class FreshSignIn {
  readonly #guard: SignInGuard;
  readonly #lookup: MemberLookup;

  constructor(guard: SignInGuard, lookup: MemberLookup) {
    this.#guard = guard;
    this.#lookup = lookup;
  }

  /** Throws DomainError `fresh_sign_in_required`, `invalid` (at the field) for a wrong password, `rate_limited`. */
  async require(principal: Principal, password: string | undefined, field = 'password'): Promise<void> {
    if (isFresh(principal)) return;
    if (password === undefined || password === '') {
      throw new DomainError('fresh_sign_in_required', 'Sign in again, or send your password, to change a way in.');
    }
    const known = await this.#lookup.byId(principal.memberId);
    if (known !== undefined && (await this.#guard.isOf(known, password))) return;
    throw new DomainError('invalid', `${field} is wrong.`, [{ field, message: 'is wrong' }]);
  }
}
