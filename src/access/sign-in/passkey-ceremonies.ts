import type { PasskeyCreation, PasskeyDescriptor, PasskeyRequest } from '../../../libs/client/index.ts';
import { DomainError, deriveId, isUuid, unreachable, uuidOf } from '../../../libs/kernel/index.ts';
import type { KnownWaysIn, MemberLookup } from '../../commands/member-lookup.ts';
import type { Principal } from '../principal.ts';
import type { PublicAddress, RelyingParty } from '../public-address.ts';
import { assertionIn, registrationIn, transportsIn } from './passkey-answers.ts';
import { PASSKEY_ALGORITHMS, RSA_BITS, type UnfitKey, unfitKeyOf } from './passkey-keys.ts';
import type { Tickets } from './tickets.ts';

/** Milliseconds within which a browser answers a challenge. */
const ANSWERED_WITHIN_MS = 5 * 60_000;
const ADDING = 'passkey added';
const SIGNING_IN = 'passkey sign-in';

type PasskeyOf = KnownWaysIn['passkeys'] extends ReadonlyMap<string, infer One> ? One : never;

export interface NewPasskey {
  /** Made of the challenge, so that one challenge adds one passkey. */
  readonly passkeyId: string;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
}

export interface UsedPasskey {
  readonly memberId: string;
  /** The event that had last ended all of the member's sessions; null for none. */
  readonly lastEnd: string | null;
  readonly passkeyId: string;
  readonly counter: number;
  /** Made of the challenge, so that one challenge opens one session. */
  readonly sessionId: string;
}

export interface CeremonyParts {
  readonly tickets: Tickets;
  readonly lookup: MemberLookup;
  readonly address: PublicAddress;
  readonly forum: () => string;
}

/**
 * The two ceremonies of WebAuthn. A challenge is a ticket, so nothing is kept between its two halves, and any node takes
 * the answer. It counts once, since the id that is made of it is recorded once.
 */
export class PasskeyCeremonies {
  readonly #tickets: Tickets;
  readonly #lookup: MemberLookup;
  readonly #address: PublicAddress;
  /** The forum's name, as authenticators show it. */
  readonly #forum: () => string;

  constructor({ tickets, lookup, address, forum }: CeremonyParts) {
    this.#tickets = tickets;
    this.#lookup = lookup;
    this.#address = address;
    this.#forum = forum;
  }

  /** `host` is the name by which the forum was asked. Throws DomainError `conflict` when that is none for passkeys. */
  async creationOptions(member: Principal, host: string | undefined): Promise<PasskeyCreation> {
    const { id } = this.#partyOf(host);
    const { generateRegistrationOptions } = await webAuthn();
    const known = await this.#lookup.waysInOf(member.memberId, new Date().toISOString());
    const name = this.#forum();
    const options = await generateRegistrationOptions({
      rpName: name,
      rpID: id,
      userID: handleOf(member.memberId),
      userName: member.handle,
      userDisplayName: member.displayName,
      challenge: this.#challenge(ADDING, member.memberId),
      supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
    });
    return {
      challenge: options.challenge,
      rp: { id, name },
      user: options.user,
      pubKeyCredParams: options.pubKeyCredParams,
      timeout: ANSWERED_WITHIN_MS,
      attestation: 'none',
      excludeCredentials: [...(known?.passkeys.values() ?? [])].map(asDescriptor),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    };
  }

  /** Throws DomainError `invalid` (field `passkey`) for everything but a right and timely answer. */
  async added(memberId: string, answer: object, host: string | undefined): Promise<NewPasskey> {
    const response = registrationIn(answer);
    if (response === null) throw refusedPasskey();
    const unfit = await unfitKeyOf(response);
    if (unfit !== null) throw refusedKey(unfit);
    const { verifyRegistrationResponse } = await webAuthn();
    const asked: string[] = [];
    const verified = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => asked.push(challenge) > 0 && this.#isOurs(ADDING, challenge, memberId),
      expectedOrigin: this.#partyOf(host).origin,
      expectedRPID: this.#partyOf(host).id,
      requireUserVerification: true,
      supportedAlgorithmIDs: PASSKEY_ALGORITHMS,
    }).catch(() => null);
    const [challenge] = asked;
    if (!verified?.verified || challenge === undefined) throw refusedPasskey();
    const { id, publicKey, counter } = verified.registrationInfo.credential;
    const passkeyId = deriveId('passkey', challenge);
    const transports = transportsIn(answer);
    return {
      passkeyId,
      credentialId: id,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      counter,
      transports,
    };
  }

  /** The browser asks its owner which passkey to take: nobody needs to name an account. */
  async requestOptions(host: string | undefined): Promise<PasskeyRequest> {
    const { id: rpId } = this.#partyOf(host);
    const { generateAuthenticationOptions } = await webAuthn();
    const { challenge } = await generateAuthenticationOptions({
      rpID: rpId,
      challenge: this.#challenge(SIGNING_IN, ''),
    });
    return { challenge, rpId, timeout: ANSWERED_WITHIN_MS, userVerification: 'required' };
  }

  /** Throws DomainError `login_failed` for everything but a right and timely answer of a member's own passkey. */
  async used(answer: object, host: string | undefined): Promise<UsedPasskey> {
    const response = assertionIn(answer);
    const memberId = response === null ? null : memberIn(response.userHandle);
    if (response === null || memberId === null) throw passkeyFailed();
    const known = await this.#lookup.waysInOf(memberId, new Date().toISOString());
    const found = [...(known?.passkeys ?? [])].find(([, { credentialId }]) => credentialId === response.id);
    if (known === undefined || found === undefined) throw passkeyFailed();
    const [passkeyId, { credentialId: id, publicKey, counter }] = found;
    const { verifyAuthenticationResponse } = await webAuthn();
    const asked: string[] = [];
    const verified = await verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => asked.push(challenge) > 0 && this.#isOurs(SIGNING_IN, challenge, ''),
      expectedOrigin: this.#partyOf(host).origin,
      expectedRPID: this.#partyOf(host).id,
      credential: { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter },
      requireUserVerification: true,
    }).catch(() => null);
    const [challenge] = asked;
    if (!verified?.verified || challenge === undefined) throw passkeyFailed();
    const sessionId = deriveId('passkey session', challenge);
    return { memberId, lastEnd: known.lastEnd, passkeyId, counter: verified.authenticationInfo.newCounter, sessionId };
  }

  #challenge(purpose: string, memberId: string): Uint8Array<ArrayBuffer> {
    const until = Date.now() + ANSWERED_WITHIN_MS;
    const ticket = this.#tickets.write(purpose, Buffer.from(memberId), { until });
    return new Uint8Array(Buffer.from(ticket, 'base64url'));
  }

  #isOurs(purpose: string, challenge: string, memberId: string): boolean {
    return this.#tickets.read(purpose, challenge, Date.now())?.toString() === memberId;
  }

  #partyOf(host: string | undefined): RelyingParty {
    const party = this.#address.relyingParty(host);
    if (party !== null) return party;
    throw new DomainError('conflict', 'Passkeys need a name: this forum is asked by an address that is none.');
  }
}

/** Loaded when somebody needs it, since most forums start more often than that. */
function webAuthn(): Promise<typeof import('@simplewebauthn/server')> {
  return import('@simplewebauthn/server');
}

function asDescriptor({ credentialId: id, transports }: PasskeyOf): PasskeyDescriptor {
  return { id, type: 'public-key', transports };
}

/** The name of the member on the authenticator: it tells nobody anything. */
function handleOf(memberId: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(memberId.replaceAll('-', ''), 'hex'));
}

function memberIn(userHandle: string): string | null {
  const id = uuidOf(Buffer.from(userHandle, 'base64url'));
  return isUuid(id) ? id : null;
}

export function refusedPasskey(): DomainError {
  return wrongPasskey('is none that this forum asked for, or came too late');
}

function refusedKey(unfit: UnfitKey): DomainError {
  switch (unfit) {
    case 'unreadable':
      return refusedPasskey();
    case 'algorithm': {
      const taken = 'EdDSA (-8), ES256 (-7) and RS256 (-257)';
      return wrongPasskey(`signs by an algorithm that this forum does not take: it takes ${taken}`);
    }
    case 'key': {
      const taken = `Ed25519 for EdDSA, P-256 for ES256, and ${RSA_BITS.least} to ${RSA_BITS.most} bits for RS256`;
      return wrongPasskey(`has a key that this forum does not take: it takes ${taken}`);
    }
    default:
      return unreachable(unfit);
  }
}

function wrongPasskey(message: string): DomainError {
  return new DomainError('invalid', `The passkey ${message}.`, [{ field: 'passkey', message }]);
}

function passkeyFailed(): DomainError {
  return new DomainError('login_failed', 'This passkey signs nobody in here.');
}
