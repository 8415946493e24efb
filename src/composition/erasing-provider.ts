import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { RateLimits } from '../access/rate-limits.ts';
import { FreshSignIn } from '../access/sign-in/fresh-sign-in.ts';
import { SignInGuard } from '../access/sign-in/sign-in-guard.ts';
import { AccountLinks } from '../acts/account-links.ts';
import { Erasing } from '../acts/erasing.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { Proving } from '../acts/proving/proving.ts';
import { StreamErasing } from '../commands/erase-streams.ts';
import { MemberLookup } from '../commands/member-lookup.ts';
import { SITE, type SiteInMemory } from '../views/site/site.query-types.ts';

/** The provider for asking to be forgotten, for the API and the pages. */
export const erasingProvider: FactoryProvider<Erasing> = {
  provide: Erasing,
  inject: [
    ForumWrites,
    RateLimits,
    QueryBus,
    MemberLookup,
    SignInGuard,
    FreshSignIn,
    AccountLinks,
    StreamErasing,
    Proving,
    SITE,
  ],
  useFactory: (
    ...[writes, limits, queries, lookup, guard, fresh, links, streams, proving, site]: [
      ForumWrites,
      RateLimits,
      QueryBus,
      MemberLookup,
      SignInGuard,
      FreshSignIn,
      AccountLinks,
      StreamErasing,
      Proving,
      SiteInMemory,
    ]
  ) => {
    const days = (): number => site.now().erasureDays;
    return new Erasing({ writes, limits, queries, lookup, guard, fresh, links, streams, proving, days });
  },
};
