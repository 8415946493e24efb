import { join } from 'node:path';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MAIL_PLACE, type MailPlace } from '../acts/mailing.ts';
import { StreamErasing } from '../commands/erase-streams.ts';
import { PersonalStreams } from '../commands/personal-streams.ts';
import { LEDGER_FILE } from '../keeping/backup/ledger.ts';
import { CarryingOut } from '../reactors/erasure/carry-out.ts';
import { ErasedMails } from '../reactors/erasure/erased-mails.ts';
import { ErasureReacting } from '../reactors/erasure/erasure-reactor.ts';
import { Lease } from '../reactors/lease.ts';
import { Reactor } from '../reactors/reactor.ts';
import { GetErasedReceivers } from '../views/erasures/erasures.query-types.ts';
import { GetMailsTo, MayTellOfOthers } from '../views/mails/mails.query-types.ts';
import { LedgerKeeping } from './ledger-keeping.ts';
import type { ServedParts } from './watched-forum.ts';

/** Begins to carry out erasures; `close` waits for the step that is under way. */
export function carryOutErasures(
  { views, logger, log }: Pick<ServedParts, 'views' | 'logger' | 'log'>,
  { app, leaseMs }: { readonly app: NestFastifyApplication; readonly leaseMs: number },
): { close(): Promise<void> } {
  const commands = app.get(CommandBus, { strict: false });
  const queries = app.get(QueryBus, { strict: false });
  const onProblem = (reason: string): void => logger.warn(reason);
  const erasing = app.get(StreamErasing, { strict: false });
  const found = app.get(PersonalStreams, { strict: false });
  const carrying = new CarryingOut({ commands, queries, views, erasing, found });
  const reacting = new ErasureReacting({ work: (query) => queries.execute(query), carrying });
  const { folder, holder } = app.get<MailPlace>(MAIL_PLACE, { strict: false });
  const lease = new Lease(commands, { reactor: 'erasure', holder, tasks: [], lengthMs: leaseMs });
  const reactor = new Reactor({ reacting, lease, holder, views, leaseMs, onProblem });
  const mails = new ErasedMails({
    folder,
    views,
    erased: async () => new Set(await queries.execute(new GetErasedReceivers())),
    mailsTo: (erased) => queries.execute(new GetMailsTo([...erased])),
    mayTell: (mailId) => queries.execute(new MayTellOfOthers(mailId)),
    onProblem,
  });
  const hasErased = async () => (await queries.execute(new GetErasedReceivers())).length > 0;
  const ledger = new LedgerKeeping(log.store, join(log.config.dataDir, LEDGER_FILE), { views, hasErased, onProblem });
  return {
    close: async () => {
      mails.close();
      await ledger.close();
      await reactor.close();
    },
  };
}
