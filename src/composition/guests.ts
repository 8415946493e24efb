import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MAIL_PLACE, type MailPlace } from '../acts/mailing.ts';
import { GuestComments } from '../commands/guest-comments.ts';
import { FORGETTING_TASKS, Forgetting } from '../reactors/guests/forgetting.ts';
import { Lease } from '../reactors/lease.ts';
import { Reactor } from '../reactors/reactor.ts';
import type { ServedParts } from './watched-forum.ts';

/** Begins to destroy what guests wrote and nobody confirmed; `close` finishes what is under way. */
export function forgetGuests(
  { views, logger }: Pick<ServedParts, 'views' | 'logger'>,
  { app, leaseMs }: { readonly app: NestFastifyApplication; readonly leaseMs: number },
): { close(): Promise<void> } {
  const queries = app.get(QueryBus, { strict: false });
  const comments = app.get(GuestComments, { strict: false });
  const { holder } = app.get<MailPlace>(MAIL_PLACE, { strict: false });
  const terms = { reactor: 'guests', holder, tasks: FORGETTING_TASKS, lengthMs: leaseMs };
  const lease = new Lease(app.get(CommandBus, { strict: false }), terms);
  const reacting = new Forgetting({
    work: (query) => queries.execute(query),
    forget: (commentId, meta) => comments.forget(commentId, meta),
  });
  return new Reactor({ reacting, lease, holder, views, leaseMs, onProblem: (reason) => logger.warn(reason) });
}
