import { Logger } from '@nestjs/common';
import {
  allowInsecureRequests,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
} from 'openid-client';
import { DomainError } from '../../../../libs/kernel/index.ts';
import type { OidcProvider } from '../../../config.ts';
import { boundedFetch } from './bounded-fetch.ts';

/** Seconds that one request to a provider may take. */
const ANSWERS_WITHIN_S = 5;
/** How long what a provider says about itself is kept, and how long one that failed is left alone, in milliseconds. */
const KEPT_MS = 3_600_000;
const LEFT_ALONE_MS = 5_000;

interface Kept {
  readonly configuration: Promise<Configuration>;
  readonly at: number;
  isFailed: boolean;
}

/**
 * The providers of the settings with what each says about itself (OpenID Connect Discovery): asked for when somebody
 * first signs in by one, once for all who wait, and kept for an hour.
 */
export class DiscoveredProviders {
  readonly providers: readonly OidcProvider[];
  readonly #kept = new Map<string, Kept>();
  readonly #log = new Logger('a provider of OpenID Connect cannot be used');
  readonly #now: () => number;

  constructor(providers: readonly OidcProvider[], now: () => number = Date.now) {
    this.providers = providers;
    this.#now = now;
  }

  /** Throws DomainError not_found. */
  of(name: string): OidcProvider {
    const provider = this.providers.find((one) => one.name === name);
    if (provider === undefined) throw new DomainError('not_found', 'There is no provider of this name.');
    return provider;
  }

  /** Whether the provider answers. */
  async answers(provider: OidcProvider): Promise<boolean> {
    return this.configurationOf(provider).then(
      () => true,
      () => false,
    );
  }

  /** Throws DomainError provider_unavailable. */
  async configurationOf(provider: OidcProvider): Promise<Configuration> {
    const kept = this.#fresh(provider.name) ?? this.#discover(provider);
    try {
      return await kept.configuration;
    } catch (error) {
      this.#log.warn(`${provider.name}: ${error instanceof Error ? error.message : String(error)}`);
      throw providerUnavailable(provider);
    }
  }

  #fresh(name: string): Kept | undefined {
    const kept = this.#kept.get(name);
    if (kept === undefined) return undefined;
    return this.#now() - kept.at < (kept.isFailed ? LEFT_ALONE_MS : KEPT_MS) ? kept : undefined;
  }

  #discover(provider: OidcProvider): Kept {
    const isPlain = provider.issuer.startsWith('http:');
    const execute = [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])];
    const configuration = discovery(new URL(provider.issuer), provider.clientId, provider.clientSecret, undefined, {
      execute,
      timeout: ANSWERS_WITHIN_S,
      [customFetch]: boundedFetch(ANSWERS_WITHIN_S * 1000),
    });
    const kept: Kept = { configuration, at: this.#now(), isFailed: false };
    configuration.catch(() => {
      kept.isFailed = true;
    });
    this.#kept.set(provider.name, kept);
    return kept;
  }
}

export function providerUnavailable({ label }: OidcProvider): DomainError {
  return new DomainError('provider_unavailable', `${label} does not answer now. Try again, or sign in another way.`);
}
