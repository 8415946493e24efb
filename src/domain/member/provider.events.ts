import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';
import { MEMBER_STREAM } from './member-stream.ts';

/** The member signs in by this provider from now on; an account has one subject of each provider at most. */
export type ProviderLinked = Fact<
  'ProviderLinked.v1',
  { readonly memberId: string; readonly provider: string },
  { readonly subject: string }
>;
export type ProviderUnlinked = Fact<
  'ProviderUnlinked.v1',
  { readonly memberId: string; readonly provider: string },
  null
>;

export type ProviderEvent = ProviderLinked | ProviderUnlinked;

const PROVIDER = "The provider's name in the settings, or `sso` for the host blog.";

export const PROVIDER_EVENTS: Catalogue<ProviderEvent> = {
  'ProviderLinked.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A person at a provider became a way to sign in to an account.',
    data: { memberId: MEANING.member, provider: PROVIDER },
    personal: { subject: 'Who it is at the provider (`sub`).' },
  },
  'ProviderUnlinked.v1': {
    stream: MEMBER_STREAM,
    sentence: 'A provider is no longer a way to sign in to an account.',
    data: { memberId: MEANING.member, provider: PROVIDER },
    personal: null,
  },
};
