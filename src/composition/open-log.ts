import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type EventStore, openSqliteEventStore, type SqliteEventStore } from '../../libs/event-store/index.ts';
import { openSqliteVault, type Vault } from '../../libs/vault/index.ts';
import type { Config } from '../config.ts';
import { refuseUnfinished } from './refuse-unfinished.ts';
import { loadSecrets, type Secrets } from './secrets.ts';

/** The log with its vault: all that a program needs which only writes. */
export interface OpenLog {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly store: EventStore;
  readonly vault: Vault;
  /** Finishes the appends under way, then lets go of files and threads. */
  close(): Promise<void>;
}

export interface LocalLog extends OpenLog {
  readonly store: SqliteEventStore;
}

/** Where the log is kept in DATA_DIR. */
export function logFile(config: Pick<Config, 'dataDir'>): string {
  return join(config.dataDir, 'log.db');
}

/** Where the data keys are kept in DATA_DIR. */
export function vaultFile(config: Pick<Config, 'dataDir'>): string {
  return join(config.dataDir, 'vault.db');
}

/** Opens the log and the vault, making them in an empty DATA_DIR. Throws ConfigError, StoreUnavailable. */
export async function openLog(config: Config): Promise<LocalLog> {
  refuseUnfinished(config);
  mkdirSync(config.dataDir, { recursive: true });
  const secrets = loadSecrets(config);
  const store = await openSqliteEventStore({ file: logFile(config) });
  try {
    const vault = await openSqliteVault({ file: vaultFile(config) });
    return { config, secrets, store, vault, close: () => closeAll([store, vault]) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Closes each in turn, whatever happens to the others; throws the first fault. */
export async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  const faults: unknown[] = [];
  for (const part of parts) await part.close().catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) throw faults[0];
}
