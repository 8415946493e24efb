import { join } from 'node:path';
import type { FactoryProvider } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { EVENT_STORE, type EventStore } from '../../../libs/event-store/index.ts';
import type { Commands } from '../../../libs/nest-decider/index.ts';
import { COMING, ImportFiles } from '../../acts/importing/import-files.ts';
import { Importing } from '../../acts/importing/importing.ts';
import { ImportsFolder } from '../../acts/importing/imports-folder.ts';
import { MAIL_PLACE, type MailPlace } from '../../acts/mailing.ts';
import type { ExportIntake } from '../../api/input/export-form.ts';
import type { Config } from '../../config.ts';
import { Lease } from '../../reactors/lease.ts';
import { ImportProcesses } from './import-processes.ts';
import { IMPORT_REACTOR, LeaseOfImports } from './lease-of-imports.ts';

const MEBIBYTE = 1_048_576;

type Where = Pick<Config, 'dataDir'>;

/** What the pages of admins import, and what is kept of it. */
const filesIn = ({ dataDir }: Where): ImportFiles => new ImportFiles(join(dataDir, 'import-jobs'));

/** Imports from the pages of admins. Where a file lies ready, somebody with access to the server has put it into `imports`. */
export function importingProvider(config: Config, leaseMs: number): FactoryProvider {
  return {
    provide: Importing,
    inject: [CommandBus, MAIL_PLACE, EVENT_STORE],
    useFactory: (commands: Commands, { holder }: MailPlace, log: EventStore) =>
      new Importing({
        files: filesIn(config),
        folder: new ImportsFolder(join(config.dataDir, 'imports')),
        runner: new ImportProcesses(config),
        lease: new LeaseOfImports(
          new Lease(commands, { reactor: IMPORT_REACTOR, holder, tasks: [], lengthMs: leaseMs }),
          { holder, log },
        ),
        now: () => new Date().toISOString(),
      }),
  };
}

/** Where exports come in that admins send. */
export function exportIntake(
  { dataDir, importMiB }: Where & Pick<Config, 'importMiB'>,
  importing: Pick<Importing, 'refusal'>,
): ExportIntake {
  return {
    folder: () => filesIn({ dataDir }).coming,
    prefix: COMING,
    mostBytes: importMiB * MEBIBYTE,
    refusal: () => importing.refusal,
  };
}
