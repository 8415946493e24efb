import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { VIEWS, type Views } from '../../libs/projections/index.ts';
import { LeaveTokens } from '../access/leave-tokens.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { BeingTold } from '../acts/being-told.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { MemberLookup } from '../commands/member-lookup.ts';

/** The providers for what members are told of. */
export const notificationProviders: FactoryProvider[] = [
  {
    provide: BeingTold,
    inject: [ForumWrites, RateLimits, QueryBus, VIEWS, LeaveTokens, MemberLookup],
    useFactory: (
      ...[writes, limits, queries, views, tokens, members]: [
        ForumWrites,
        RateLimits,
        QueryBus,
        Views,
        LeaveTokens,
        MemberLookup,
      ]
    ) => new BeingTold({ writes, limits, queries, tokens, members, shown: () => views.position() }),
  },
];
