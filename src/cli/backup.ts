import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../../libs/kernel/index.ts';
import { LAST_BACKUP_FILE, type MadeBackup } from '../acts/operating/data-parts.ts';
import { readConfig } from '../config.ts';
import type { Manifest } from '../keeping/backup/manifest.ts';
import type { BackupStep } from '../keeping/backup/steps.ts';
import { writeBackup } from '../keeping/backup/write-backup.ts';
import type { AddCommand } from './add-command.ts';
import { withBackupSource } from './backup-source.ts';
import { outsideDataDir } from './outside-data-dir.ts';
import { StepProgress } from './step-progress.ts';
import { stoppable } from './stoppable.ts';
import { type Status, SUCCESS, type Terminal } from './terminal.ts';
import { version } from './version.ts';

/** The name of each step of a backup or restore beside its bar. */
export const STEP_NAMES: Readonly<Record<BackupStep, string>> = {
  comparing: 'comparing',
  copying: 'copying',
  keys: 'keys',
  hashing: 'hashing',
  reading: 'reading the log',
  checking: 'checking',
};

/** `colloquy backup DIR`. */
export const backupCommand: AddCommand = (program, terminal, end) => {
  program
    .command('backup')
    .description(
      'copy log, keys and secrets to a new directory, also while the forum is served, and read the copy back',
    )
    .argument('<dir>', 'the directory to make, outside of DATA_DIR; nothing is written over')
    .option('--json', 'print what was done as one JSON document on standard output')
    .addHelpText('after', '\nTo check a backup later: colloquy restore <dir> --verify-only')
    .action(async (directory: string, flags: { readonly json?: true }) =>
      end(await backup(directory, flags, terminal)),
    );
};

async function backup(place: string, { json }: { readonly json?: true }, terminal: Terminal): Promise<Status> {
  const started = performance.now();
  const config = readConfig(terminal.environment);
  const directory = outsideDataDir(place, config.dataDir);
  const progress = new StepProgress(terminal.error, STEP_NAMES);
  const onProgress = progress.show.bind(progress);
  const createdAt = new Date().toISOString();
  const manifest = await stoppable((signal) =>
    withBackupSource(config, (source) =>
      writeBackup({ source, directory, createdAt, colloquy: version(), onProgress, signal }),
    ),
  ).finally(() => progress.end());
  noteBackup(config.dataDir, { at: createdAt, position: manifest.log.position });
  const seconds = Math.round(performance.now() - started) / 1_000;
  if (json) terminal.out(JSON.stringify({ directory, ...manifest, seconds }));
  else for (const line of backupLines(place, manifest, seconds)) terminal.say(line);
  return SUCCESS;
}

/** The page of the server's status tells when the last one was made; on a disk that takes no writes it tells less. */
function noteBackup(dataDir: string, made: MadeBackup): void {
  try {
    writeFileSync(join(dataDir, LAST_BACKUP_FILE), `${JSON.stringify(made)}\n`, { mode: 0o600 });
  } catch {
    return;
  }
}

function backupLines(directory: string, manifest: Manifest, seconds: number): readonly string[] {
  const { events, position, digest, unreadable } = manifest.log;
  const { files, bytes: ofImages, missing } = manifest.images ?? { files: 0, bytes: 0, missing: 0 };
  const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, ofImages);
  return [
    `backup:   ${directory}, written and read back in ${seconds} s`,
    `log:      ${counted(events, 'event')} up to position ${position}, digest ${digest}`,
    ...(files === 0 ? [] : [`images:   ${counted(files, 'file')}`]),
    `size:     ${counted(bytes, 'byte')}`,
    ...(unreadable === 0 ? [] : [`warning:  events sealed with keys that this forum does not have: ${unreadable}`]),
    ...(missing === 0
      ? []
      : [`warning:  files of images that the log names and that are missing or damaged: ${missing}`]),
  ];
}
