import { existsSync } from 'node:fs';
import {
  type EventStore,
  isLogServer,
  type LogReader,
  openServerStore,
  openSqliteEventReader,
  StoreUnavailable,
} from '../../libs/event-store/index.ts';
import { type Config, ConfigError } from '../config.ts';
import { logFile } from './open-log.ts';

/** A log that is read in order, or stream by stream. */
export type ReadLog = LogReader & Pick<EventStore, 'readStream'>;

/**
 * Throws ConfigError, and StoreUnavailable for a missing log, since reading makes none. A torn file is opened only for
 * a caller that wants to say what is wrong with it.
 */
export function openLogReader(config: Config, torn: 'refused' | 'read' = 'refused'): Promise<ReadLog> {
  return isLogServer(config.eventStoreUrl) ? openLogServer(config.eventStoreUrl) : openLogFile(logFile(config), torn);
}

async function openLogFile(file: string, torn: 'refused' | 'read'): Promise<ReadLog> {
  if (!existsSync(file))
    throw new StoreUnavailable('unreachable', `there is no log ${file}; DATA_DIR says where the forum is`);
  return openSqliteEventReader({ file, torn });
}

/** The server is asked once first, since followers of a log would wait for it for ever. */
async function openLogServer(url: string): Promise<ReadLog> {
  const store = await openServerStore({ url }).catch((error: unknown) => {
    if (error instanceof RangeError) throw new ConfigError(`EVENT_STORE_URL=(hidden): must be ${error.message}`);
    throw error;
  });
  try {
    await store.head();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
