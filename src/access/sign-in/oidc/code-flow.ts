import { Logger } from '@nestjs/common';
import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { DomainError } from '../../../../libs/kernel/index.ts';
import type { OidcProvider } from '../../../config.ts';
import type { PublicAddress } from '../../public-address.ts';
import { type DiscoveredProviders, providerUnavailable } from './discovered-providers.ts';

/** What the browser keeps while its person is at the provider. */
export interface Errand {
  readonly provider: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** What a provider says about a person. */
export interface Person {
  readonly provider: OidcProvider;
  readonly subject: string;
  /** The best name for a handle first. */
  readonly names: readonly string[];
  readonly displayName: string | null;
  readonly email: string | null;
  /** True only when the provider says so with `true` itself. */
  readonly emailVerified: boolean;
}

const LONGEST_SUBJECT = 255;
const LONGEST_NAME = 200;
const LONGEST_EMAIL = 254;

/** The authorization code flow of OpenID Connect with PKCE, state and nonce. Everything it trusts is signed by the provider, or kept by the browser under seal. */
export class CodeFlow {
  readonly #providers: DiscoveredProviders;
  readonly #address: PublicAddress;
  readonly #log = new Logger('a sign-in by a provider failed');

  constructor(providers: DiscoveredProviders, address: PublicAddress) {
    this.#providers = providers;
    this.#address = address;
  }

  /** The address at the provider to send the person to. Throws DomainError not_found, provider_unavailable. */
  async begin(name: string): Promise<{ readonly url: URL; readonly errand: Errand }> {
    const provider = this.#providers.of(name);
    const configuration = await this.#providers.configurationOf(provider);
    const errand = { provider: name, state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.#callback(name).href,
      scope: 'openid email profile',
      code_challenge: await calculatePKCECodeChallenge(errand.verifier),
      code_challenge_method: 'S256',
      state: errand.state,
      nonce: errand.nonce,
    });
    return { url, errand };
  }

  /**
   * What this browser kept of the sign-in by the provider that the query answers; any page can lead here with another one.
   * Throws DomainError not_found, login_failed.
   */
  begun<Kept extends Errand>(name: string, errand: Kept | undefined, query: string): Kept {
    this.#providers.of(name);
    const states = new URLSearchParams(query).getAll('state');
    if (errand?.provider === name && states.length === 1 && states[0] === errand.state) return errand;
    throw failed('This browser did not begin this sign-in, or it took too long. Begin again.');
  }

  /**
   * The person who came back. `query` is the address's query as it came. Throws DomainError login_failed for whatever does
   * not fit together, and provider_unavailable.
   */
  async finish(query: string, errand: Errand): Promise<Person> {
    const provider = this.#providers.of(errand.provider);
    const configuration = await this.#providers.configurationOf(provider);
    const current = this.#callback(errand.provider);
    current.search = query;
    try {
      const checks = {
        expectedState: errand.state,
        expectedNonce: errand.nonce,
        pkceCodeVerifier: errand.verifier,
        idTokenExpected: true,
      };
      const tokens = await authorizationCodeGrant(configuration, current, checks);
      const claims = tokens.claims();
      if (claims === undefined) throw failed(`${provider.label} did not say who you are.`);
      requireSubject(provider, claims.sub);
      return personOf(provider, await withUserInfo(configuration, tokens.access_token, claims));
    } catch (error) {
      throw this.#told(error, provider);
    }
  }

  #callback(name: string): URL {
    return new URL(`/sign-in/oidc/${name}/callback`, this.#address.origin);
  }

  #told(error: unknown, provider: OidcProvider): DomainError {
    if (error instanceof DomainError) return error;
    this.#log.warn(`${provider.name}: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof AuthorizationResponseError) return failed(`${provider.label} did not sign you in.`);
    if (isSilence(error)) return providerUnavailable(provider);
    return failed(`What ${provider.label} answered does not fit to this sign-in. Begin again.`);
  }
}

/**
 * Providers may tell names and address only there, for the sub of the token alone. An address is confirmed by the word of
 * whoever named it: the two are never put together from two answers.
 */
async function withUserInfo(
  configuration: Configuration,
  accessToken: string,
  claims: Readonly<Record<string, unknown>> & { readonly sub: string },
): Promise<Readonly<Record<string, unknown>> & { readonly sub: string }> {
  const isWhole = claims['email'] !== undefined && claims['name'] !== undefined;
  if (isWhole || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
  const info = await fetchUserInfo(configuration, accessToken, claims.sub);
  const { email, email_verified } = claims['email'] === undefined ? info : claims;
  return { ...info, ...claims, email, email_verified };
}

function requireSubject({ label }: OidcProvider, sub: string): void {
  if (sub === '' || sub.length > LONGEST_SUBJECT || /\p{Cc}/u.test(sub)) throw failed(`${label} gave no usable sub.`);
}

function personOf(
  provider: OidcProvider,
  claims: Readonly<Record<string, unknown>> & { readonly sub: string },
): Person {
  const names = ['preferred_username', 'nickname', 'name', 'given_name'].flatMap((claim) =>
    textIn(claims[claim], LONGEST_NAME),
  );
  const [email = null] = textIn(claims['email'], LONGEST_EMAIL);
  const [displayName = null] = textIn(claims['name'], LONGEST_NAME);
  return {
    provider,
    subject: claims.sub,
    names,
    displayName,
    email,
    emailVerified: email !== null && claims['email_verified'] === true,
  };
}

function textIn(value: unknown, longest: number): readonly string[] {
  return typeof value === 'string' && value.trim() !== '' && value.length <= longest ? [value.trim()] : [];
}

/** The library passes on what `fetch` throws when nobody answers, or not in time. */
function isSilence(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    ['TimeoutError', 'AbortError', 'TypeError'].includes(error.name) ||
    ('code' in error && error.code === 'OAUTH_TIMEOUT')
  );
}

function failed(detail: string): DomainError {
  return new DomainError('login_failed', detail);
}
