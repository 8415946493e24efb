import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { renderCommentAside, renderTranslationAside } from '../../libs/markdown/index.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { Looks } from '../acts/looks/looks.ts';
import { ReportedTranslationActs } from '../acts/reported-translations.ts';
import { Translating, type TranslatingParts } from '../acts/translating.ts';
import { StreamErasing } from '../commands/erase-streams.ts';
import { SITE, type SiteInMemory } from '../views/site/site.query-types.ts';

/** As the views show them. */
const htmlOf: TranslatingParts['htmlOf'] = async (kind, { body, original }) =>
  kind === 'comment' ? renderCommentAside(body) : renderTranslationAside(body, original);

/** The provider for what others wrote in other languages. */
export const translatingProviders: FactoryProvider[] = [
  {
    provide: Translating,
    inject: [ForumWrites, RateLimits, QueryBus, StreamErasing, SITE],
    useFactory: (
      ...[writes, limits, queries, streams, site]: [ForumWrites, RateLimits, QueryBus, StreamErasing, SiteInMemory]
    ) => {
      const settings = () => {
        const { translations: writers, discussion } = site.now();
        return { writers, maxLength: discussion.maxLength };
      };
      return new Translating({ writes, limits, queries, streams, settings, htmlOf });
    },
  },
  {
    provide: ReportedTranslationActs,
    inject: [ForumWrites, RateLimits, QueryBus, Looks, Translating],
    useFactory: (
      ...[writes, limits, queries, looks, translating]: [ForumWrites, RateLimits, QueryBus, Looks, Translating]
    ) => new ReportedTranslationActs({ writes, limits, queries, looks, translating }),
  },
];
