import type { Passkey, PasskeyCreation, PasskeyRequest } from '../../libs/client/index.ts';
import { type CommandMeta, DomainError, type Position, stepOf } from '../../libs/kernel/index.ts';
import { composed } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { networkOf } from '../access/network.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { FreshSignIn } from '../access/sign-in/fresh-sign-in.ts';
import type { AskedAt } from '../access/sign-in/origin.ts';
import { type PasskeyCeremonies, refusedPasskey } from '../access/sign-in/passkey-ceremonies.ts';
import { AddPasskey, RemovePasskey } from '../domain/member/passkeys.commands.ts';
import { ReserveName } from '../domain/reservation/reservation.commands.ts';
import type { ForumWrites } from './forum-writes.ts';
import type { SessionOpening, SignedIn } from './session-opening.ts';

export interface PasskeyParts {
  readonly ceremonies: PasskeyCeremonies;
  readonly opening: SessionOpening;
  readonly fresh: FreshSignIn;
  readonly limits: RateLimits;
  readonly writes: ForumWrites;
  /** The stream that reserves a credential. */
  readonly nameOf: (credentialId: string) => string;
}

/** Passkeys: added, removed, and used to sign in. One proves both factors: the authenticator, and its owner's finger or PIN. */
export class Passkeys {
  readonly #parts: PasskeyParts;

  constructor(parts: PasskeyParts) {
    this.#parts = parts;
  }

  /** Throws DomainError `fresh_sign_in_required`, `conflict`, `rate_limited`. */
  async creationOptions(
    principal: Principal,
    { password, host }: { readonly password?: string | undefined; readonly host: string | undefined },
  ): Promise<PasskeyCreation> {
    await this.#parts.limits.take('profile', principal.memberId);
    await this.#parts.fresh.require(principal, password);
    return this.#parts.ceremonies.creationOptions(principal, host);
  }

  /** Throws DomainError `invalid` (fields `passkey`, `name`), `conflict`, `rate_limited`. */
  async add(
    principal: Principal,
    { passkey, name, host }: { readonly passkey: object; readonly name: string; readonly host: string | undefined },
    asking: Asking,
  ): Promise<{ readonly passkey: Passkey; readonly position: Position }> {
    const { ceremonies, limits, writes } = this.#parts;
    await limits.take('profile', principal.memberId);
    await limits.take('profile-day', principal.memberId);
    const added = await ceremonies.added(principal.memberId, passkey, host);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const { memberId } = principal;
    await this.#reserve(added.credentialId, memberId, meta);
    const { position } = await writes.send(new AddPasskey({ ...added, memberId, name }, meta));
    return { passkey: { id: added.passkeyId, name: composed(name.trim()), createdAt: meta.now }, position };
  }

  /** A credential belongs to the first member who brings it (WebAuthn level 2, 7.1, step 22), also after its removal. */
  async #reserve(credentialId: string, memberId: string, meta: CommandMeta): Promise<void> {
    const { writes, nameOf } = this.#parts;
    const name = nameOf(credentialId);
    try {
      await writes.send(new ReserveName({ name, holder: memberId }, stepOf(meta, 'passkey', name)));
    } catch (error) {
      throw error instanceof DomainError && error.code === 'conflict' ? refusedPasskey() : error;
    }
  }

  /** Throws DomainError `fresh_sign_in_required`, `invalid` (field `password`), `passkey_not_found`, `rate_limited`. */
  async remove(
    principal: Principal,
    { passkeyId, password }: { readonly passkeyId: string; readonly password?: string | undefined },
    asking: Asking,
  ): Promise<Position> {
    const { fresh, limits, writes } = this.#parts;
    await limits.take('profile', principal.memberId);
    await fresh.require(principal, password);
    const meta = commandMeta(principal, asking.commandId, asking.correlationId);
    const command = new RemovePasskey({ memberId: principal.memberId, passkeyId }, meta);
    return (await writes.send(command)).position;
  }

  /** Throws DomainError `conflict` where the forum has no name, `rate_limited`. */
  async requestOptions({ host, address }: AskedAt): Promise<PasskeyRequest> {
    await this.#parts.limits.take('passkey-options', networkOf(address));
    return this.#parts.ceremonies.requestOptions(host);
  }

  /** Throws DomainError `login_failed`, `banned`, `rate_limited`. */
  async signIn(passkey: object, from: AskedAt): Promise<SignedIn> {
    const at = new Date();
    await this.#parts.limits.take('sign-in-address', networkOf(from.address));
    const { memberId, lastEnd, sessionId, passkeyId, counter } = await this.#parts.ceremonies.used(passkey, from.host);
    const proof = { kind: 'passkey', passkeyId, counter } as const;
    return this.#parts.opening.open(memberId, { way: 'passkey', at, shown: { lastEnd }, proof, sessionId }, from);
  }
}
