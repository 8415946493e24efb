import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FEED_FILES } from '../../libs/feeds/index.ts';
import { HubTransport } from '../../libs/push/index.ts';
import { HUB_TASK } from '../../libs/words/index.ts';
import type { PublicAddress } from '../access/public-address.ts';
import { MAIL_PLACE, type MailPlace } from '../acts/mailing.ts';
import { HubReacting } from '../reactors/hub/hub-reactor.ts';
import { Lease } from '../reactors/lease.ts';
import { Reactor } from '../reactors/reactor.ts';
import type { ServedParts } from './watched-forum.ts';

interface HubOptions {
  readonly app: NestFastifyApplication;
  readonly address: PublicAddress;
  readonly leaseMs: number;
}

/** Begins to tell the hub of changed feeds, where there is one; `close` finishes what is under way. */
export function tellHub(
  { views, logger, log }: Pick<ServedParts, 'views' | 'logger' | 'log'>,
  { app, address, leaseMs }: HubOptions,
): { close(): Promise<void> } | null {
  const { webSubHub, pushServices } = log.config;
  if (webSubHub === null) return null;
  const commands = app.get(CommandBus, { strict: false });
  const queries = app.get(QueryBus, { strict: false });
  const { holder } = app.get<MailPlace>(MAIL_PLACE, { strict: false });
  const hub = new HubTransport(webSubHub, { allowed: pushServices });
  const onProblem = (reason: string): void => logger.warn(reason);
  const reacting = new HubReacting({
    commands,
    work: (query) => queries.execute(query),
    topicsOf: (tags) => topicsOf(address.origin, tags),
    hub,
    onProblem,
  });
  const lease = new Lease(commands, { reactor: HUB_TASK, holder, tasks: [HUB_TASK], lengthMs: leaseMs });
  const reactor = new Reactor({ reacting, lease, holder, views, leaseMs, onProblem });
  return {
    close: async () => {
      await reactor.close();
      hub.close();
    },
  };
}

/** As the feeds name themselves: tags are found in any case. */
function topicsOf(origin: string, tags: readonly string[]): readonly string[] {
  const pages = ['/', ...tags.map((tag) => `/tags/${encodeURIComponent(tag.toLowerCase())}/`)];
  return pages.flatMap((page) => Object.values(FEED_FILES).map((file) => origin + page + file));
}
