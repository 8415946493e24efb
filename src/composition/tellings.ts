import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TELLING } from '../../libs/words/index.ts';
import { MAIL_PLACE, type MailPlace } from '../acts/mailing.ts';
import { Lease } from '../reactors/lease.ts';
import { Reactor } from '../reactors/reactor.ts';
import { TellingReacting } from '../reactors/telling/telling-reactor.ts';
import type { ServedParts } from './watched-forum.ts';

/** Begins to tell members by mail what is new; `close` finishes what is under way. */
export function tellMembers(
  { views, logger }: Pick<ServedParts, 'views' | 'logger'>,
  { app, leaseMs }: { readonly app: NestFastifyApplication; readonly leaseMs: number },
): { close(): Promise<void> } {
  const commands = app.get(CommandBus, { strict: false });
  const queries = app.get(QueryBus, { strict: false });
  const { holder } = app.get<MailPlace>(MAIL_PLACE, { strict: false });
  const onProblem = (reason: string): void => logger.warn(reason);
  const reacting = new TellingReacting({ commands, work: (query) => queries.execute(query) });
  const lease = new Lease(commands, { reactor: TELLING, holder, tasks: [TELLING], lengthMs: leaseMs });
  return new Reactor({ reacting, lease, holder, views, leaseMs, onProblem });
}
