import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { counted, type Position, parsePosition } from '../../libs/kernel/index.ts';
import { lockForServing } from '../composition/serve-lock.ts';
import { type Config, readConfig } from '../config.ts';
import { checkBackupImages, checkFiles, checkLog } from '../keeping/backup/check-backup.ts';
import { LEDGER_FILE, type LedgerLine, readLedger } from '../keeping/backup/ledger.ts';
import type { Manifest } from '../keeping/backup/manifest.ts';
import { type Restored, restoreBackup } from '../keeping/backup/restore-backup.ts';
import type { BackupSteps } from '../keeping/backup/steps.ts';
import type { AddCommand } from './add-command.ts';
import { applyLedger, erasedAgain } from './apply-ledger.ts';
import { STEP_NAMES } from './backup.ts';
import { StepProgress } from './step-progress.ts';
import { stoppable } from './stoppable.ts';
import { type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';

interface RestoreFlags {
  readonly until?: string;
  readonly verifyOnly?: true;
  readonly ledger?: string;
  readonly json?: true;
}

/** `colloquy restore DIR`. */
export const restoreCommand: AddCommand = (program, terminal, end) => {
  program
    .command('restore')
    .description('check a backup, and bring its forum into an empty DATA_DIR; the views are built at the next start')
    .argument('<dir>', 'the directory that `colloquy backup` made')
    .option('--until <position>', 'leave out what was recorded after this position')
    .option('--verify-only', 'only read the backup to its end and compare it with its manifest')
    .option('--ledger <file>', 'erase again what was erased since; without it the ledger in DATA_DIR, where one stands')
    .option('--json', 'print what was done as one JSON document on standard output')
    .action(async (directory: string, flags: RestoreFlags) => end(await restore(directory, flags, terminal)));
};

async function restore(backup: string, flags: RestoreFlags, terminal: Terminal): Promise<Status> {
  const until = positionOf(flags.until);
  if (until !== undefined && flags.verifyOnly) throw new WrongCall('--until and --verify-only do not go together');
  const progress = new StepProgress(terminal.error, STEP_NAMES);
  const onProgress = progress.show.bind(progress);
  const work = (signal: AbortSignal): Promise<Restored> => {
    const steps = { onProgress, signal };
    if (flags.verifyOnly) return verify(backup, steps);
    const { dataDir } = localConfig(terminal);
    const options = { backup, dataDir, lock: lockForServing, ...steps };
    return restoreBackup(until === undefined ? options : { ...options, until });
  };
  const ledger = flags.verifyOnly ? null : await ledgerFor(flags, terminal);
  const report = await stoppable(work).finally(() => progress.end());
  const erased = ledger === null ? null : await applyLedger(localConfig(terminal), ledger);
  const { manifest, ...done } = report;
  const position = String(done.position);
  if (flags.json) terminal.out(JSON.stringify({ backup, createdAt: manifest.createdAt, ...done, position, erased }));
  else terminal.say(sentence(backup, report, flags));
  if (!flags.json && erased !== null) terminal.say(erasedAgain(erased));
  return SUCCESS;
}

/** Reads the backup alone. */
async function verify(backup: string, steps: BackupSteps): Promise<Restored> {
  const manifest: Manifest = await checkFiles(backup, steps);
  await checkLog(backup, manifest.log, steps);
  await checkBackupImages(backup, manifest, steps);
  const { events, position, digest } = manifest.log;
  return { manifest, events, position: BigInt(position), digest };
}

function localConfig(terminal: Terminal): Config {
  const config = readConfig(terminal.environment);
  if (config.eventStoreUrl === 'sqlite:') return config;
  const advice = 'restore with EVENT_STORE_URL=sqlite: and bring it there with `colloquy log copy`';
  throw new WrongCall(`a backup is restored into a DATA_DIR, not into the log that EVENT_STORE_URL names; ${advice}`);
}

/** Read before anything is restored, so that a wrong file restores nothing. */
async function ledgerFor({ ledger }: RestoreFlags, terminal: Terminal): Promise<readonly LedgerLine[] | null> {
  const standing = join(localConfig(terminal).dataDir, LEDGER_FILE);
  const file = ledger ?? (existsSync(standing) ? standing : null);
  return file === null ? null : readLedger(file);
}

function positionOf(text: string | undefined): Position | undefined {
  if (text === undefined) return undefined;
  const position = parsePosition(text);
  if (position === undefined) throw new WrongCall(`--until ${text}: a position is a whole number such as 1204`);
  return position;
}

function sentence(backup: string, { events, position, digest }: Restored, { verifyOnly }: RestoreFlags): string {
  const what = `${counted(events, 'event')} up to position ${position}, digest ${digest}`;
  return verifyOnly ? `${backup} is whole: ${what}` : `restored ${what}; the views are built at the next start`;
}
