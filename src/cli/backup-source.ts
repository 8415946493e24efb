import type { Config } from '../config.ts';
import type { BackupSource } from '../keeping/backup/write-backup.ts';
import { copyPlaceOf } from './log-copy-places.ts';
import { openSource } from './log-copy-source.ts';

/** Gives what a backup is made from, by the settings, and closes it when the work is done. */
export async function withBackupSource<Result>(
  { eventStoreUrl, dataDir }: Config,
  work: (source: BackupSource) => Promise<Result>,
): Promise<Result> {
  const place = copyPlaceOf('EVENT_STORE_URL', eventStoreUrl, dataDir);
  if (place.kind === 'sqlite') return work({ kind: 'sqlite', dataDir });
  const { log, keys, secrets, close } = await openSource(place);
  try {
    return await work({ kind: place.kind, dataDir, log, keys, secrets: `${JSON.stringify(secrets, null, 2)}\n` });
  } finally {
    await close();
  }
}
