import type { Database } from 'better-sqlite3';
import { StoreUnavailable } from '../../event-store/port.ts';
import type { DurableFile } from '../../event-store/sqlite/durable-file.ts';
import { toUnavailable } from '../../event-store/sqlite/faults.ts';

/** Work on an open file of keys. Throws StoreUnavailable: `closed`, or what kept the file from serving. */
export function withKeys<T>(db: Database, file: string, work: () => T): T {
  if (!db.open) throw new StoreUnavailable('closed', `${file}: the vault is closed`);
  try {
    return work();
  } catch (error) {
    throw toUnavailable(error, file);
  }
}

/**
 * Empties the write-ahead log, where the pages of overwritten keys stood too.
 * Throws StoreUnavailable, `locked` while another process reads an old page.
 */
export function dropOldPages(open: DurableFile, file: string): void {
  if (open.checkpoint('TRUNCATE')) return;
  const message = `${file}: a key was destroyed, but another process keeps its old page readable; try again`;
  throw new StoreUnavailable('locked', message);
}
