import { join } from 'node:path';
import {
  isLogServer,
  noNotices,
  openSqliteEventStore,
  type SqliteEventStore,
  type SqliteEventStoreOptions,
  type StoreUnavailable,
} from '../../libs/event-store/index.ts';
import { openSqliteVault, type SqliteVaultOptions } from '../../libs/vault/index.ts';
import type { Config } from '../config.ts';
import { FollowedLog } from './followed-log.ts';
import { openLogServer } from './open-log-server.ts';
import { closeAll, type LogServerTold, type WaitingLog, type WritingLog } from './opened-log.ts';
import { makePrivate } from './private-dir.ts';
import { refuseUnfinished } from './refuse-unfinished.ts';
import { loadSecrets } from './secrets.ts';

export { closeAll, type WritingLog } from './opened-log.ts';

/** The most of a log in a file that may wait beside it, and whether keys are made ahead; tests want less. */
export type LogFileBounds = Pick<SqliteEventStoreOptions, 'mostWaiting' | 'checkpointEvents'> &
  Pick<SqliteVaultOptions, 'keysAhead'>;

/** Where the log is kept in DATA_DIR. */
export function logFile(config: Pick<Config, 'dataDir'>): string {
  return join(config.dataDir, 'log.db');
}

/** Where the data keys are kept in DATA_DIR. */
export function vaultFile(config: Pick<Config, 'dataDir'>): string {
  return join(config.dataDir, 'vault.db');
}

/**
 * Opens the log and the vault named by EVENT_STORE_URL. Files are made in an empty DATA_DIR, and a server need not be
 * there yet: its faults are told and tried again. Throws ConfigError, and StoreUnavailable for files.
 */
export function openLog(config: Config, told: LogServerTold = {}, bounds: LogFileBounds = {}): Promise<WritingLog> {
  refuseUnfinished(config);
  makePrivate(config.dataDir);
  return isLogServer(config.eventStoreUrl) ? openLogServer(config, told) : openLogFile(config, bounds);
}

async function openLogFile(config: Config, { keysAhead = true, ...bounds }: LogFileBounds): Promise<WritingLog> {
  new FollowedLog(config, 'file');
  const secrets = loadSecrets(config);
  const { promise: failed, resolve: onFault } = Promise.withResolvers<StoreUnavailable>();
  const store = await openSqliteEventStore({ ...bounds, file: logFile(config), onFault });
  try {
    const vault = await openSqliteVault({ file: vaultFile(config), keysAhead, onFault });
    const source = { file: logFile(config), signal: store.commitSignal, vaultFile: vaultFile(config) };
    const reached = (): Promise<void> => Promise.resolve();
    const parts = { config, secrets, store, vault, notices: noNotices(), source };
    const waiting = (): WaitingLog => waitingIn(store);
    return { ...parts, reached, ask: null, failed, waiting, close: () => closeAll([store, vault]) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function waitingIn(store: SqliteEventStore): WaitingLog {
  const { walBytes, failedCheckpoints } = store.stats();
  return { bytes: walBytes, failed: failedCheckpoints.count, trouble: failedCheckpoints.now?.message ?? null };
}
