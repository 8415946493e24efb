import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { escapeMarkdown, headOf } from '../../libs/markdown/index.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { SubscriberTokens } from '../access/subscriber-tokens.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { IssueDrafting } from '../acts/issue-drafting/issue-drafting.ts';
import { MAIL_PLACE, type MailPlace } from '../acts/mailing.ts';
import { PostDrafting } from '../acts/post-drafting.ts';
import { ReturnedIssues } from '../acts/returned-issues.ts';
import { Screening } from '../acts/screening.ts';
import { SendingIssues } from '../acts/sending-issues.ts';
import { Subscribing } from '../acts/subscribing.ts';
import { MemberLookup } from '../commands/member-lookup.ts';
import { Subscribers } from '../commands/subscribers.ts';
import { TakingPart } from '../commands/taking-part.ts';
import { SITE, type SiteInMemory } from '../views/site/site.query-types.ts';
import type { Secrets } from './secrets.ts';

/** The characters of a comment that a drafted newsletter quotes. */
const MOST_QUOTED = 500;

/** The providers for those who read the newsletter. */
export function newsletterProviders(secrets: Pick<Secrets, 'sessionSecret'>): FactoryProvider[] {
  return [
    { provide: SubscriberTokens, useFactory: () => new SubscriberTokens(() => secrets.sessionSecret) },
    {
      provide: IssueDrafting,
      inject: [RateLimits, TakingPart, QueryBus, PostDrafting, SITE],
      useFactory: (
        ...[limits, takingPart, queries, drafts, site]: [RateLimits, TakingPart, QueryBus, PostDrafting, SiteInMemory]
      ) =>
        new IssueDrafting({
          limits,
          takingPart,
          queries,
          drafts,
          site,
          asMarkdown: escapeMarkdown,
          headOf: (text) => headOf(text, MOST_QUOTED, 'left out'),
        }),
    },
    {
      provide: SendingIssues,
      inject: [ForumWrites, RateLimits, TakingPart, QueryBus],
      useFactory: (writes: ForumWrites, limits: RateLimits, takingPart: TakingPart, queries: QueryBus) =>
        new SendingIssues({ writes, limits, takingPart, queries }),
    },
    {
      provide: ReturnedIssues,
      inject: [ForumWrites, QueryBus, Subscribers, MAIL_PLACE],
      useFactory: (writes: ForumWrites, queries: QueryBus, subscribers: Subscribers, place: MailPlace) =>
        new ReturnedIssues({ writes, queries, subscribers, from: () => place.from().address }),
    },
    {
      provide: Subscribing,
      inject: [ForumWrites, RateLimits, Subscribers, SubscriberTokens, MemberLookup, Screening, SITE],
      useFactory: (
        ...[writes, limits, subscribers, tokens, { names }, screening, site]: [
          ForumWrites,
          RateLimits,
          Subscribers,
          SubscriberTokens,
          MemberLookup,
          Screening,
          SiteInMemory,
        ]
      ) =>
        new Subscribing({
          writes,
          limits,
          subscribers,
          tokens,
          names,
          screening,
          isOpen: () => site.now().newsletter,
          defaultLocale: () => site.now().defaultLocale,
        }),
    },
  ];
}
