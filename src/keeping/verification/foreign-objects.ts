import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { foreignInSqliteLog, strangeRows } from '../../../libs/event-store/index.ts';
import { foreignInSqliteVault } from '../../../libs/vault/index.ts';
import type { DataInput } from './data-input.ts';
import { reasonIn } from './findings.ts';

const FILES = [
  ['log.db', foreignInSqliteLog],
  ['vault.db', foreignInSqliteVault],
] as const;

/** The objects in the forum's databases that it did not make: a trigger may have changed what was recorded. */
export function foreignObjects({ dataDir }: Pick<DataInput, 'dataDir'>): readonly string[] {
  return FILES.flatMap(([name, foreignIn]) => {
    const file = join(dataDir, name);
    if (!existsSync(file)) return [];
    try {
      return foreignIn(file).map(
        (what) => `${name}: ${what}: what was recorded since may be another than what was acknowledged`,
      );
    } catch (error) {
      return [`${name}: what it is made of could not be read: ${reasonIn(error)}`];
    }
  });
}

/** Rows of the log that no hash covers. Throws StoreUnavailable, and the signal's reason. */
export async function strangeEvents({
  dataDir,
  signal,
}: Pick<DataInput, 'dataDir' | 'signal'>): Promise<readonly string[]> {
  const file = join(dataDir, 'log.db');
  if (!existsSync(file)) return [];
  const found = await strangeRows(file, async () => {
    signal?.throwIfAborted();
    await turn();
  });
  return found.map((what) => `log.db: ${what}`);
}
