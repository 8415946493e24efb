import { DomainError } from '../../libs/kernel/index.ts';
import { CopyRefused } from '../../libs/log-copy/index.ts';
import { NotVerifiable } from '../../libs/projections/index.ts';
import { OtherKey } from '../../libs/vault/index.ts';
import { startFault } from '../composition/serve.ts';
import type { Environment } from '../config.ts';
import { BackupFault } from '../keeping/backup/backup-fault.ts';
import { ExportRefused } from '../keeping/export/export-refused.ts';
import { Stopped } from './stoppable.ts';
import { WrongCall } from './terminal.ts';

/** Faults whose message is enough for a person. */
const TOLD = [WrongCall, BackupFault, CopyRefused, ExportRefused, NotVerifiable, OtherKey, Stopped];

/** The fault in words for people, with advice on how to mend it. */
export function explain(error: unknown, environment: Environment): string {
  if (error instanceof Error && TOLD.some((fault) => error instanceof fault)) return `colloquy: ${error.message}`;
  if (error instanceof DomainError) {
    const fields = error.errors.filter(({ field, message }) => error.detail !== `${field} ${message}`);
    return [`colloquy: ${error.detail}`, ...fields.map(({ field, message }) => `colloquy: ${field} ${message}`)].join(
      '\n',
    );
  }
  return fileFault(error) ?? startFault(error, environment);
}

function fileFault(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('path' in error && 'code' in error)) return undefined;
  return error.code === 'ENOENT' ? `colloquy: there is no file ${error.path}` : undefined;
}
