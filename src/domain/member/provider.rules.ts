import { DomainError } from '../../../libs/kernel/index.ts';
import { type PasskeysState, passkeysIn } from './passkeys.rules.ts';
import type { LinkProvider, UnlinkProvider } from './provider.commands.ts';
import type { ProviderEvent } from './provider.events.ts';

/** The ways to sign in to an account. */
interface WaysIn {
  /** Null without a password. */
  readonly passwordHash: unknown;
  readonly providers: ReadonlyMap<string, string | null>;
  readonly passkeys: PasskeysState;
  /** A link by mail leads to a confirmed address. */
  readonly emailConfirmed: boolean;
}

/** The same subject again changes nothing; another one of the same provider is refused until the first is unlinked. */
export function linkProvider({ data }: LinkProvider, state: WaysIn): readonly ProviderEvent[] {
  const { memberId, provider, subject } = data;
  const linked = state.providers.get(provider);
  if (linked === subject) return [];
  if (linked !== undefined && linked !== null) {
    throw new DomainError('conflict', 'Somebody else of this provider is linked to the account; unlink that first.');
  }
  return [{ type: 'ProviderLinked.v1', data: { memberId, provider }, personal: { subject } }];
}

/** The last way in stays, since nobody could sign in to the account any more. */
export function unlinkProvider({ data }: UnlinkProvider, state: WaysIn): readonly ProviderEvent[] {
  const { memberId, provider } = data;
  if (!state.providers.has(provider)) return [];
  if (!hasWayBeside(provider, state)) {
    throw new DomainError(
      'last_way_in',
      'This is the only way to sign in to the account: choose a password, or link another provider first.',
    );
  }
  return [{ type: 'ProviderUnlinked.v1', data: { memberId, provider }, personal: null }];
}

function hasWayBeside(provider: string, { passwordHash, providers, passkeys, emailConfirmed }: WaysIn): boolean {
  if (passwordHash !== null || emailConfirmed || passkeysIn(passkeys).size > 0) return true;
  return [...providers.keys()].some((other) => other !== provider);
}
