import { join } from 'node:path';
import { isLogServer } from '../../libs/event-store/index.ts';
import type { Config } from '../config.ts';
import type { RehearsalLog } from '../rehearsal/messages.ts';
import { logFile, vaultFile } from './open-log.ts';

/** The way in which another thread opens the log and its keys. */
export function rehearsalLog(config: Config): RehearsalLog {
  const { eventStoreUrl: url, dataDir } = config;
  if (isLogServer(url)) return { url, cacheFile: join(dataDir, 'vault-cache.db') };
  return { file: logFile(config), vaultFile: vaultFile(config) };
}
