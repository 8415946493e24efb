import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type VapidKeys, WebPushTransport } from '../../libs/push/index.ts';
import { PUSHING } from '../../libs/words/index.ts';
import type { PublicAddress } from '../access/public-address.ts';
import { MAIL_PLACE, type MailPlace } from '../acts/mailing.ts';
import { MemberLookup } from '../commands/member-lookup.ts';
import { Lease } from '../reactors/lease.ts';
import { wordsIn } from '../reactors/mail/words.ts';
import { pushedIn, pushMessage } from '../reactors/push/push-message.ts';
import { type ComposedPush, PushReacting } from '../reactors/push/push-reactor.ts';
import { Reactor } from '../reactors/reactor.ts';
import { GetQuietUntil, GetTellings } from '../views/notifications/notifications.query-types.ts';
import { type DuePush, GetSubscription } from '../views/push/push.query-types.ts';
import { SITE, type SiteInMemory } from '../views/site/site.query-types.ts';
import { PUSH_KEYS } from './push-providers.ts';
import type { ServedParts, WatchedForum } from './watched-forum.ts';

interface PushesOptions {
  readonly app: NestFastifyApplication;
  readonly address: PublicAddress;
  readonly leaseMs: number;
}

/** Begins to send pushes; `close` finishes those that are under way. */
export function sendPushes(
  { views, logger }: Pick<ServedParts, 'views' | 'logger'>,
  { log, metrics }: Pick<WatchedForum, 'log' | 'metrics'>,
  { app, address, leaseMs }: PushesOptions,
): { close(): Promise<void> } {
  const commands = app.get(CommandBus, { strict: false });
  const queries = app.get(QueryBus, { strict: false });
  const { holder, from } = app.get<MailPlace>(MAIL_PLACE, { strict: false });
  const onProblem = (reason: string): void => logger.warn(reason);
  const { pushContact, pushServices } = log.config;
  const sender = (): string => (address.isSecure ? address.origin : `mailto:${from().address}`);
  const transport = new WebPushTransport({
    keys: app.get<() => VapidKeys>(PUSH_KEYS, { strict: false }),
    contact: () => pushContact ?? sender(),
    allowed: pushServices,
  });
  const reacting = new PushReacting({
    commands,
    work: (query) => queries.execute(query),
    shown: (query) => queries.execute(query),
    position: () => views.position(),
    subscription: (subscriptionId) => queries.execute(new GetSubscription(subscriptionId)),
    compose: composing(app),
    quietUntil: (memberId, now) => queries.execute(new GetQuietUntil(memberId, now)),
    transport,
    onPush: (outcome) => metrics.pushes.inc({ outcome }),
    onProblem,
  });
  const lease = new Lease(commands, { reactor: PUSHING, holder, tasks: [PUSHING], lengthMs: leaseMs });
  const reactor = new Reactor({ reacting, lease, holder, views, leaseMs, onProblem });
  return {
    close: async () => {
      await reactor.close();
      transport.close();
    },
  };
}

/** What is new for a member, in the member's language, as it stands now. */
function composing(app: NestFastifyApplication): (push: DuePush) => Promise<ComposedPush> {
  const queries = app.get(QueryBus, { strict: false });
  const members = app.get(MemberLookup, { strict: false });
  const site = app.get<SiteInMemory>(SITE, { strict: false });
  return async ({ pushId, memberId, after, upTo, round, isRead }) => {
    const member = await members.byId(memberId);
    if (member === undefined) return { message: null, told: [], isLeft: false };
    const items = await queries.execute(new GetTellings({ memberId, way: 'push', after, upTo }));
    const told = { pushId, round, isRead, items, site: site.now().name };
    return { message: pushMessage(told, wordsIn(member.locale)), told: pushedIn(items), isLeft: items.length > 0 };
  };
}
