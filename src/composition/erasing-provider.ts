import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { PublicAddress } from '../access/public-address.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { FreshSignIn } from '../access/sign-in/fresh-sign-in.ts';
import { SignInGuard } from '../access/sign-in/sign-in-guard.ts';
import { AccountLinks } from '../acts/account-links.ts';
import { Erasing } from '../acts/erasing.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { OwnDataDownloads } from '../acts/own-data/own-data.ts';
import { Proving } from '../acts/proving/proving.ts';
import { Staying } from '../acts/staying.ts';
import { StreamErasing } from '../commands/erase-streams.ts';
import { LinkLookup } from '../commands/link-lookup.ts';
import { MemberLookup } from '../commands/member-lookup.ts';
import { PersonalStreams } from '../commands/personal-streams.ts';
import { SITE, type SiteInMemory } from '../views/site/site.query-types.ts';

const erasing: FactoryProvider<Erasing> = {
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
    PersonalStreams,
    Proving,
    SITE,
  ],
  useFactory: (
    ...[writes, limits, queries, lookup, guard, fresh, links, streams, people, proving, site]: [
      ForumWrites,
      RateLimits,
      QueryBus,
      MemberLookup,
      SignInGuard,
      FreshSignIn,
      AccountLinks,
      StreamErasing,
      PersonalStreams,
      Proving,
      SiteInMemory,
    ]
  ) => {
    const days = (): number => site.now().erasureDays;
    return new Erasing({ writes, limits, queries, lookup, guard, fresh, links, streams, people, proving, days });
  },
};

const downloads: FactoryProvider<OwnDataDownloads> = {
  provide: OwnDataDownloads,
  inject: [QueryBus, RateLimits, SITE, PublicAddress, MemberLookup],
  useFactory: (
    ...[queries, limits, site, address, lookup]: [QueryBus, RateLimits, SiteInMemory, PublicAddress, MemberLookup]
  ) => {
    const subscriberOf = async (memberId: string): Promise<string | null> => {
      const member = await lookup.byId(memberId);
      return member?.email && member.emailConfirmed ? lookup.names.subscriber(member.email) : null;
    };
    return new OwnDataDownloads({
      queries,
      limits,
      subscriberOf,
      site: () => site.now(),
      address: () => address.origin,
    });
  },
};

const staying: FactoryProvider<Staying> = {
  provide: Staying,
  inject: [LinkLookup, RateLimits, ForumWrites, QueryBus, MemberLookup],
  useFactory: (
    ...[links, limits, writes, queries, lookup]: [LinkLookup, RateLimits, ForumWrites, QueryBus, MemberLookup]
  ) => new Staying({ links, limits, writes, queries, lookup }),
};

/** The providers for taking one's data along and asking to be forgotten, for the API and the pages. */
export const erasingProviders: readonly FactoryProvider[] = [erasing, downloads, staying];
