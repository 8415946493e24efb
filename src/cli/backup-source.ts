import type { BackupSource } from '../backup/write-backup.ts';
import type { Config } from '../config.ts';

/** Gives what a backup is made from, by the settings, and closes it when the work is done. */
export async function withBackupSource<Result>(
  config: Config,
  work: (source: BackupSource) => Promise<Result>,
): Promise<Result> {
  return work({ kind: 'sqlite', dataDir: config.dataDir });
}
