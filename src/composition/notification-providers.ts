import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { VIEWS, type Views } from '../../libs/projections/index.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { BeingTold } from '../acts/being-told.ts';
import { ForumWrites } from '../acts/forum-writes.ts';

/** The providers for what members are told of. */
export const notificationProviders: FactoryProvider[] = [
  {
    provide: BeingTold,
    inject: [ForumWrites, RateLimits, QueryBus, VIEWS],
    useFactory: (writes: ForumWrites, limits: RateLimits, queries: QueryBus, views: Views) =>
      new BeingTold({ writes, limits, queries, shown: () => views.position() }),
  },
];
