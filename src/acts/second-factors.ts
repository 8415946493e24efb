import type { RecoveryCodes, SecondFactorOffer } from '../../libs/client/index.ts';
import type { CommandMeta, Position } from '../../libs/kernel/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { newRecoveryCodes, newSecret, otpauthUri, proofIn } from '../access/sign-in/codes.ts';
import type { FreshSignIn } from '../access/sign-in/fresh-sign-in.ts';
import type { SignInGuard } from '../access/sign-in/sign-in-guard.ts';
import type { MemberLookup } from '../commands/member-lookup.ts';
import {
  type CodeProof,
  ConfirmSecondFactor,
  OfferSecondFactor,
  TurnOffSecondFactor,
} from '../domain/member/second-factor.commands.ts';
import type { ForumWrites } from './forum-writes.ts';

export interface SecondFactorParts {
  readonly lookup: MemberLookup;
  readonly guard: SignInGuard;
  readonly fresh: FreshSignIn;
  readonly limits: RateLimits;
  readonly writes: ForumWrites;
  /** The forum's name in authenticators. */
  readonly issuer: () => string;
}

/** Turning the second factor on and off. A member who lost the phone has the recovery codes, and after them an admin. */
export class SecondFactors {
  readonly #parts: SecondFactorParts;

  constructor(parts: SecondFactorParts) {
    this.#parts = parts;
  }

  /** Throws DomainError `fresh_sign_in_required`, `conflict` while the factor is on, `rate_limited`. */
  async offer(
    principal: Principal,
    { password }: { readonly password?: string | undefined },
    asking: Asking,
  ): Promise<{ readonly offer: SecondFactorOffer; readonly position: Position }> {
    const { fresh, limits, writes } = this.#parts;
    await limits.take('profile', principal.memberId);
    await limits.take('profile-day', principal.memberId);
    await fresh.require(principal, password);
    const secret = newSecret();
    const command = new OfferSecondFactor({ memberId: principal.memberId, secret }, metaOf(principal, asking));
    const { position } = await writes.send(command);
    return { offer: { secret, uri: this.uriOf(secret, principal) }, position };
  }

  uriOf(secret: string, { handle }: Principal): string {
    return otpauthUri(secret, { issuer: this.#parts.issuer(), label: handle });
  }

  /** The secret that was offered to the member and waits for its code; null for none. */
  async offered({ memberId }: Principal): Promise<string | null> {
    const ways = await this.#parts.lookup.waysInOf(memberId, new Date().toISOString());
    return ways === undefined || ways.secondFactorOn ? null : ways.codeSecret;
  }

  /**
   * Turns the offered factor on, or makes new recovery codes of one that is on. They are shown this once. Throws
   * DomainError `invalid` (field `code`), `rate_limited`.
   */
  confirm(
    principal: Principal,
    code: string,
    asking: Asking,
  ): Promise<RecoveryCodes & { readonly position: Position }> {
    const { memberId } = principal;
    return this.#withCode(principal, code, async (proof) => {
      const { codes, hashes } = newRecoveryCodes();
      const command = new ConfirmSecondFactor({ memberId, proof, hashes }, metaOf(principal, asking));
      const { position } = await this.#parts.writes.send(command);
      return { recoveryCodes: codes, position };
    });
  }

  /** Throws DomainError `invalid` (field `code`), `rate_limited`. */
  turnOff(principal: Principal, code: string, asking: Asking): Promise<Position> {
    const { memberId } = principal;
    return this.#withCode(principal, code, async (proof) => {
      const command = new TurnOffSecondFactor({ memberId, proof }, metaOf(principal, asking));
      return (await this.#parts.writes.send(command)).position;
    });
  }

  /** For a member who lost the phone and the codes; the log says which admin it was. Throws `member_not_found`. */
  async turnOffFor(memberId: string, admin: Principal, asking: Asking): Promise<Position> {
    const command = new TurnOffSecondFactor({ memberId, proof: null }, metaOf(admin, asking));
    return (await this.#parts.writes.send(command)).position;
  }

  async #withCode<Result>(
    { memberId }: Principal,
    code: string,
    work: (proof: CodeProof) => Promise<Result>,
  ): Promise<Result> {
    const { guard, limits, lookup } = this.#parts;
    await limits.take('profile', memberId);
    return guard.tryCode(memberId, 'signed in', async () => {
      const now = Date.now();
      const ways = await lookup.waysInOf(memberId, new Date(now).toISOString());
      return work(proofIn(code, ways?.codeSecret ?? null, now));
    });
  }
}

function metaOf(principal: Principal, { commandId, correlationId }: Asking): CommandMeta {
  return commandMeta(principal, commandId, correlationId);
}
