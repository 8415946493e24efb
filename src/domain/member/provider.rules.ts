import { DomainError } from '../../../libs/kernel/index.ts';
import { type AccountWays, requireOtherWay } from './last-way-in.rules.ts';
import type { LinkProvider, UnlinkProvider } from './provider.commands.ts';
import type { ProviderEvent } from './provider.events.ts';

/** The same subject again changes nothing; another one of the same provider is refused until the first is unlinked. */
export function linkProvider({ data }: LinkProvider, state: AccountWays): readonly ProviderEvent[] {
  const { memberId, provider, subject } = data;
  const linked = state.providers.get(provider);
  if (linked === subject) return [];
  if (linked !== undefined && linked !== null) {
    throw new DomainError('conflict', 'Somebody else of this provider is linked to the account; unlink that first.');
  }
  return [{ type: 'ProviderLinked.v1', data: { memberId, provider }, personal: { subject } }];
}

/** Throws DomainError last_way_in. */
export function unlinkProvider({ data }: UnlinkProvider, state: AccountWays): readonly ProviderEvent[] {
  const { memberId, provider } = data;
  if (!state.providers.has(provider)) return [];
  requireOtherWay(state, { provider });
  return [{ type: 'ProviderUnlinked.v1', data: { memberId, provider }, personal: null }];
}
