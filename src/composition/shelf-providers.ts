import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { renderPostAside } from '../../libs/markdown/index.ts';
import { VIEWS, type Views } from '../../libs/projections/index.ts';
import { PreviewTokens } from '../access/preview-tokens.ts';
import { PublicAddress } from '../access/public-address.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { Bookmarking } from '../acts/bookmarking.ts';
import { Drafting } from '../acts/drafting.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { PostDrafting } from '../acts/post-drafting.ts';
import { SharingPreviews } from '../acts/sharing-previews.ts';
import { Visiting } from '../acts/visiting.ts';
import { StreamErasing } from '../commands/erase-streams.ts';
import { MemberLookup } from '../commands/member-lookup.ts';
import { TakingPart } from '../commands/taking-part.ts';

/** The providers for what members keep for themselves. */
export const shelfProviders: FactoryProvider[] = [
  {
    provide: Bookmarking,
    inject: [ForumWrites, RateLimits, QueryBus, MemberLookup],
    useFactory: (writes: ForumWrites, limits: RateLimits, queries: QueryBus, { names }: MemberLookup) =>
      new Bookmarking({ writes, limits, queries, names }),
  },
  {
    provide: Visiting,
    inject: [ForumWrites, RateLimits, QueryBus, MemberLookup, VIEWS],
    useFactory: (
      ...[writes, limits, queries, { names }, views]: [ForumWrites, RateLimits, QueryBus, MemberLookup, Views]
    ) => new Visiting({ writes, limits, queries, names, shown: () => views.position() }),
  },
  {
    provide: PostDrafting,
    inject: [ForumWrites, RateLimits, TakingPart, QueryBus, StreamErasing],
    useFactory: (
      ...[writes, limits, takingPart, queries, streams]: [ForumWrites, RateLimits, TakingPart, QueryBus, StreamErasing]
    ) => new PostDrafting({ writes, limits, takingPart, queries, streams }),
  },
  {
    provide: SharingPreviews,
    inject: [ForumWrites, RateLimits, TakingPart, QueryBus, PreviewTokens, PublicAddress],
    useFactory: (
      ...[writes, limits, takingPart, queries, tokens, address]: [
        ForumWrites,
        RateLimits,
        TakingPart,
        QueryBus,
        PreviewTokens,
        PublicAddress,
      ]
    ) => new SharingPreviews({ writes, limits, takingPart, queries, tokens, address, htmlOf: renderPostAside }),
  },
  {
    provide: Drafting,
    inject: [ForumWrites, RateLimits, QueryBus, MemberLookup, StreamErasing],
    useFactory: (
      ...[writes, limits, queries, { names }, streams]: [ForumWrites, RateLimits, QueryBus, MemberLookup, StreamErasing]
    ) => new Drafting({ writes, limits, queries, names, streams }),
  },
];
