import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { RateLimits } from '../access/rate-limits.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { Marking } from '../acts/marking.ts';
import { TakingPart } from '../commands/taking-part.ts';

/** The provider for what makes comments stand out. */
export const markingProviders: FactoryProvider[] = [
  {
    provide: Marking,
    inject: [ForumWrites, RateLimits, TakingPart, QueryBus],
    useFactory: (writes: ForumWrites, limits: RateLimits, takingPart: TakingPart, queries: QueryBus) =>
      new Marking({ writes, limits, takingPart, queries }),
  },
];
