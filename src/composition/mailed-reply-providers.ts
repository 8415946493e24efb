import { hkdfSync } from 'node:crypto';
import type { FactoryProvider } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { InboundReader } from '../../libs/mail/index.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { ReplyAddresses } from '../access/reply-addresses.ts';
import { Commenting } from '../acts/commenting.ts';
import { ForumWrites } from '../acts/forum-writes.ts';
import { MailedReplies } from '../acts/mailed-replies.ts';
import { MAIL_PLACE, type MailPlace } from '../acts/mailing.ts';
import { ReturnedIssues } from '../acts/returned-issues.ts';
import { MemberLookup } from '../commands/member-lookup.ts';
import type { Config } from '../config.ts';
import type { Secrets } from './secrets.ts';

/** The injection token of ReplyAddresses; null where the forum takes no answers by mail. */
export const REPLY_ADDRESSES = Symbol('ReplyAddresses');

/** INBOUND_SECRET; unless set, what only programs with the forum's own secrets can know. */
export function inboundSecret(
  { inboundSecret: given }: Pick<Config, 'inboundSecret'>,
  secrets: Pick<Secrets, 'sessionSecret'>,
): string {
  return (
    given ?? Buffer.from(hkdfSync('sha256', secrets.sessionSecret, '', 'colloquy inbound mail', 32)).toString('hex')
  );
}

/** The providers for answers by mail. */
export function mailedReplyProviders(config: Config, secrets: Secrets): FactoryProvider[] {
  return [
    {
      provide: REPLY_ADDRESSES,
      useFactory: () =>
        config.mailReplyTo === null ? null : new ReplyAddresses(config.mailReplyTo, () => secrets.sessionSecret),
    },
    {
      provide: MailedReplies,
      inject: [
        ForumWrites,
        RateLimits,
        QueryBus,
        Commenting,
        MemberLookup,
        REPLY_ADDRESSES,
        MAIL_PLACE,
        ReturnedIssues,
      ],
      useFactory: (
        ...[writes, limits, queries, commenting, members, addresses, place, returned]: [
          ForumWrites,
          RateLimits,
          QueryBus,
          Commenting,
          MemberLookup,
          ReplyAddresses | null,
          MailPlace,
          ReturnedIssues,
        ]
      ) =>
        new MailedReplies({
          writes,
          limits,
          queries,
          commenting,
          members,
          addresses,
          returned,
          reader: new InboundReader(),
          from: () => place.from().address,
          inboundSecret: () => inboundSecret(config, secrets),
        }),
    },
  ];
}
