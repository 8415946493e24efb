import type { FactoryProvider } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { PublicAddress } from '../access/public-address.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { FreshSignIn } from '../access/sign-in/fresh-sign-in.ts';
import { CodeFlow } from '../access/sign-in/oidc/code-flow.ts';
import { DiscoveredProviders } from '../access/sign-in/oidc/discovered-providers.ts';
import { ProviderCookies } from '../access/sign-in/oidc/provider-cookies.ts';
import { SsoTokens } from '../access/sign-in/sso-tokens.ts';
import { Accounts } from '../acts/accounts.ts';
import { Admitting } from '../acts/admitting.ts';
import { ArrivalSessions } from '../acts/arrival-sessions.ts';
import { Doors } from '../acts/doors.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { Inviting } from '../acts/inviting.ts';
import { Looks } from '../acts/looks/looks.ts';
import { Newcomers } from '../acts/newcomers.ts';
import { ProviderSignIn } from '../acts/provider-sign-in.ts';
import { Screening } from '../acts/screening.ts';
import { SessionOpening } from '../acts/session-opening.ts';
import { SsoSignIn } from '../acts/sso-sign-in.ts';
import { ForumFacts } from '../commands/forum-facts.ts';
import { InvitationLookup } from '../commands/invitation-lookup.ts';
import { MemberLookup } from '../commands/member-lookup.ts';
import { ProviderLinks } from '../commands/provider-links.ts';
import { MemberRegistration } from '../commands/register-member.ts';
import { TakingPart } from '../commands/taking-part.ts';
import type { Config } from '../config.ts';
import { SITE, type SiteInMemory } from '../views/site/site.query-types.ts';
import type { Secrets } from './secrets.ts';

/** The providers for the ways in by other houses: OpenID Connect, and the host blog. */
export function doorProviders(config: Config, secrets: Secrets): FactoryProvider[] {
  return [
    {
      provide: Doors,
      inject: [ForumFacts, InvitationLookup, MemberLookup],
      useFactory: (facts: ForumFacts, invitations: InvitationLookup, members: MemberLookup) =>
        new Doors(() => facts.site(), invitations, members),
    },
    {
      provide: Inviting,
      inject: [ForumWrites, RateLimits, QueryBus, PublicAddress, SITE],
      useFactory: (
        ...[writes, limits, queries, address, site]: [ForumWrites, RateLimits, QueryBus, PublicAddress, SiteInMemory]
      ) => new Inviting({ writes, limits, queries, origin: () => address.origin, locales: () => site.now().locales }),
    },
    {
      provide: Admitting,
      inject: [ForumWrites, RateLimits, QueryBus, Looks],
      useFactory: (writes: ForumWrites, limits: RateLimits, queries: QueryBus, looks: Looks) =>
        new Admitting({ writes, limits, queries, looks }),
    },
    { provide: DiscoveredProviders, useFactory: () => new DiscoveredProviders(config.oidcProviders) },
    {
      provide: CodeFlow,
      inject: [DiscoveredProviders, PublicAddress],
      useFactory: (providers: DiscoveredProviders, address: PublicAddress) => new CodeFlow(providers, address),
    },
    {
      provide: ProviderCookies,
      inject: [PublicAddress],
      useFactory: (address: PublicAddress) => new ProviderCookies(() => secrets.sessionSecret, address),
    },
    {
      provide: Newcomers,
      inject: [MemberRegistration, MemberLookup, RateLimits, Screening],
      useFactory: (registration: MemberRegistration, lookup: MemberLookup, limits: RateLimits, screening: Screening) =>
        new Newcomers({ registration, lookup, limits, screening }),
    },
    {
      provide: ProviderSignIn,
      inject: [
        MemberLookup,
        ProviderLinks,
        Newcomers,
        Accounts,
        ForumWrites,
        RateLimits,
        MemberRegistration,
        Doors,
        FreshSignIn,
        CommandBus,
        SessionOpening,
      ],
      useFactory: (
        ...[lookup, links, newcomers, accounts, writes, limits, registration, doors, fresh, commands, opening]: [
          MemberLookup,
          ProviderLinks,
          Newcomers,
          Accounts,
          ForumWrites,
          RateLimits,
          MemberRegistration,
          Doors,
          FreshSignIn,
          CommandBus,
          SessionOpening,
        ]
      ) => {
        const { oidcProviders: providers } = config;
        const refuseImitation = (name: string, memberId: string) => registration.refuseImitation(name, memberId);
        return new ProviderSignIn({
          providers,
          lookup,
          links,
          newcomers,
          accounts,
          arrivals: new ArrivalSessions({ lookup, commands, opening }),
          writes,
          limits,
          refuseImitation,
          doors,
          fresh,
          commands,
        });
      },
    },
    {
      provide: SsoSignIn,
      inject: [
        MemberLookup,
        Newcomers,
        Accounts,
        TakingPart,
        MemberRegistration,
        CommandBus,
        ForumWrites,
        RateLimits,
        Doors,
        PublicAddress,
      ],
      useFactory: (
        ...[lookup, newcomers, accounts, takingPart, registration, commands, writes, limits, doors, address]: [
          MemberLookup,
          Newcomers,
          Accounts,
          TakingPart,
          MemberRegistration,
          CommandBus,
          ForumWrites,
          RateLimits,
          Doors,
          PublicAddress,
        ]
      ) => {
        const keys = { secret: config.ssoSecret, publicKey: config.ssoPublicKey };
        const tokens = new SsoTokens(keys, () => address.origin);
        const refuseImitation = (name: string, memberId: string) => registration.refuseImitation(name, memberId);
        const acts = { newcomers, accounts, takingPart, refuseImitation, doors };
        return new SsoSignIn({ tokens, lookup, commands, writes, limits, ...acts });
      },
    },
  ];
}
