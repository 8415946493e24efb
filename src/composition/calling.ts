import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CALLING } from '../../libs/words/index.ts';
import { MAIL_PLACE, type MailPlace } from '../acts/mailing.ts';
import { Lease } from '../reactors/lease.ts';
import { Calling } from '../reactors/queue/calling.ts';
import { Reactor } from '../reactors/reactor.ts';
import type { ServedParts } from './watched-forum.ts';

/** Begins to tell those who moderate of comments that wait too long; `close` finishes what is under way. */
export function callModerators(
  { views, logger }: Pick<ServedParts, 'views' | 'logger'>,
  { app, leaseMs }: { readonly app: NestFastifyApplication; readonly leaseMs: number },
): { close(): Promise<void> } {
  const commands = app.get(CommandBus, { strict: false });
  const queries = app.get(QueryBus, { strict: false });
  const { holder } = app.get<MailPlace>(MAIL_PLACE, { strict: false });
  const reacting = new Calling({ commands, work: (query) => queries.execute(query) });
  const lease = new Lease(commands, { reactor: CALLING, holder, tasks: [CALLING], lengthMs: leaseMs });
  return new Reactor({ reacting, lease, holder, views, leaseMs, onProblem: (reason) => logger.warn(reason) });
}
