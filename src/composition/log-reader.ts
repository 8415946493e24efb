import { existsSync } from 'node:fs';
import { type EventStore, openSqliteEventReader, StoreUnavailable } from '../../libs/event-store/index.ts';
import type { Config } from '../config.ts';
import { logFile } from './open-log.ts';

/** The log for programs that only read it: replay. A server may write it meanwhile. */
export type LogReader = Pick<EventStore, 'subscribe' | 'readAll' | 'head' | 'close'>;

/** Throws StoreUnavailable, also where there is no log yet: reading makes none. */
export async function openLogReader(config: Config): Promise<LogReader> {
  const file = logFile(config);
  if (!existsSync(file)) throw new StoreUnavailable('io', `there is no log ${file}; DATA_DIR says where the forum is`);
  return openSqliteEventReader({ file });
}
