export { EVENT_CSV_HEAD, eventCsvRow } from './csv.ts';
export { ChainedDigest, eventLine, lineWithoutPosition } from './line.ts';
export type { LogServerSort, ServerNotices, ServerOptions, ServerStore } from './log-server-port.ts';
export {
  isLogServer,
  LOG_SERVER_FORMS,
  LOG_SERVER_SCHEMES,
  LOG_SERVER_TITLES,
  type LogServerName,
  logServerAt,
  logServerName,
  openServerLogImport,
  openServerNotices,
  openServerStore,
  requireLogServer,
} from './log-servers.ts';
export { type LogSource, logSourceIn, openLogSource } from './log-source.ts';
export * from './notices.ts';
export { type Numbered, type NumberedStreams, newestNumbered, numberedEvent } from './numbered-streams.ts';
export { type AppendOrder, OrderedAppends } from './ordered-appends.ts';
export * from './port.ts';
export { strangeRows } from './sqlite/strange-rows.ts';
export { StoreAround } from './store-around.ts';

import { foreignIn } from './sqlite/database-file.ts';
import { EVENT_LOG } from './sqlite/schema.ts';

export { newCommitSignal } from './sqlite/commit-signal.ts';
export type { CopyProgress } from './sqlite/database-copy.ts';
export {
  openSqliteEventReader,
  openSqliteEventStore,
  type SqliteEventStore,
  type SqliteEventStoreOptions,
  type SqliteEventStoreStats,
} from './sqlite/event-store.ts';
export {
  copySqliteLog,
  openSqliteLogImport,
  type SqliteLogImportOptions,
  sqliteLogStandsAlone,
} from './sqlite/log-import.ts';

/**
 * The differences between a log's file and what the forum makes, such as a trigger, in words. Throws StoreUnavailable.
 */
export function foreignInSqliteLog(file: string): readonly string[] {
  return foreignIn(EVENT_LOG, file);
}

/** The injection token under which the log is provided. */
export const EVENT_STORE = Symbol('EventStore');
