import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../../libs/event-store/index.ts';
import { PublicAddress } from '../access/public-address.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { FreshSignIn } from '../access/sign-in/fresh-sign-in.ts';
import { PasskeyCeremonies } from '../access/sign-in/passkey-ceremonies.ts';
import { Sessions } from '../access/sign-in/sessions.ts';
import { SignInGuard } from '../access/sign-in/sign-in-guard.ts';
import { Tickets } from '../access/sign-in/tickets.ts';
import { Devices } from '../acts/devices.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { Passkeys } from '../acts/passkeys.ts';
import { SecondFactors } from '../acts/second-factors.ts';
import { SessionOpening } from '../acts/session-opening.ts';
import { MemberLookup } from '../commands/member-lookup.ts';
import type { Config } from '../config.ts';
import { STANDINGS, type Standings } from '../views/members/members.query-types.ts';
import { SITE, type SiteInMemory } from '../views/site/site.query-types.ts';

/** The providers for sessions, second factors and passkeys. */
export function waysInProviders({ sessionIdleDays: idleDays }: Config): FactoryProvider[] {
  return [
    {
      provide: SessionOpening,
      inject: [MemberLookup, SignInGuard, Sessions, Tickets, STANDINGS, ForumWrites, QueryBus, EVENT_STORE],
      useFactory: opening,
    },
    {
      provide: FreshSignIn,
      inject: [SignInGuard, MemberLookup],
      useFactory: (guard: SignInGuard, lookup: MemberLookup) => new FreshSignIn(guard, lookup),
    },
    {
      provide: PasskeyCeremonies,
      inject: [Tickets, MemberLookup, PublicAddress, SITE],
      useFactory: (tickets: Tickets, lookup: MemberLookup, address: PublicAddress, site: SiteInMemory) =>
        new PasskeyCeremonies({ tickets, lookup, address, forum: () => site.now().name }),
    },
    {
      provide: Devices,
      inject: [RateLimits, ForumWrites, QueryBus],
      useFactory: (limits: RateLimits, writes: ForumWrites, queries: QueryBus) =>
        new Devices({ limits, writes, queries, idleDays }),
    },
    {
      provide: SecondFactors,
      inject: [MemberLookup, SignInGuard, FreshSignIn, RateLimits, ForumWrites, SITE],
      useFactory: (
        ...[lookup, guard, fresh, limits, writes, site]: [
          MemberLookup,
          SignInGuard,
          FreshSignIn,
          RateLimits,
          ForumWrites,
          SiteInMemory,
        ]
      ) => new SecondFactors({ lookup, guard, fresh, limits, writes, issuer: () => site.now().name }),
    },
    {
      provide: Passkeys,
      inject: [PasskeyCeremonies, SessionOpening, FreshSignIn, RateLimits, ForumWrites, MemberLookup],
      useFactory: (
        ...[ceremonies, sessions, fresh, limits, writes, lookup]: [
          PasskeyCeremonies,
          SessionOpening,
          FreshSignIn,
          RateLimits,
          ForumWrites,
          MemberLookup,
        ]
      ) =>
        new Passkeys({
          ceremonies,
          opening: sessions,
          fresh,
          limits,
          writes,
          nameOf: (credentialId) => lookup.names.passkey(credentialId),
        }),
    },
  ];
}

function opening(
  ...[lookup, guard, sessions, tickets, standings, writes, queries, store]: [
    MemberLookup,
    SignInGuard,
    Sessions,
    Tickets,
    Standings,
    ForumWrites,
    QueryBus,
    EventStore,
  ]
): SessionOpening {
  const head = () => store.head();
  return new SessionOpening({ lookup, guard, sessions, tickets, standings, writes, queries, head });
}
