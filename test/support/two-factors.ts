import { Secret, TOTP } from 'otpauth';
import type {
  Passkey,
  PasskeyCreation,
  PasskeyRequest,
  RecoveryCodes,
  SecondFactorOffer,
} from '../../libs/client/index.ts';
import type { ForumCaller, TestMember } from './forum-caller.ts';
import { SoftAuthenticator } from './soft-authenticator.ts';

const FACTOR = '/api/v1/members/me/second-factor';
const KEYS = '/api/v1/members/me/passkeys';

/** The code that an authenticator shows so many periods of 30 seconds from now. */
export function codeOf(secret: string, periods = 0, now = Date.now()): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now + periods * 30_000 });
}

export interface TurnedOn {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** Turns the second factor on with the code of the period before, so that the present one is left for a sign-in. */
export async function turnOn(forum: ForumCaller, { token }: Pick<TestMember, 'token'>): Promise<TurnedOn> {
  const { secret } = await forum.done<SecondFactorOffer>('POST', FACTOR, { token });
  const body = { code: codeOf(secret, -1) };
  const { recoveryCodes } = await forum.done<RecoveryCodes>('PUT', FACTOR, { token, body });
  return { secret, recoveryCodes };
}

/** Adds a passkey of a new authenticator. */
export async function addPasskey(
  forum: ForumCaller,
  { token }: Pick<TestMember, 'token'>,
): Promise<{ readonly authenticator: SoftAuthenticator; readonly passkey: Passkey }> {
  const authenticator = new SoftAuthenticator(forum.url);
  const options = await forum.done<PasskeyCreation>('POST', `${KEYS}/options`, { token });
  const body = { passkey: authenticator.create(options), name: 'Key' };
  return { authenticator, passkey: await forum.done<Passkey>('POST', KEYS, { token, body }) };
}

export function requestOptions(forum: ForumCaller): Promise<PasskeyRequest> {
  return forum.done('POST', '/api/v1/sessions/passkey-options');
}
