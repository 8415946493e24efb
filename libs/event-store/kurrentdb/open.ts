import type { LogImport } from '../port.ts';
import type { ConnectOptions } from './connect.ts';
import type { KurrentEventStore, KurrentEventStoreOptions } from './event-store.ts';
import type { KurrentNotices, KurrentNoticesOptions } from './notices.ts';

// The ways in, each loaded when it is taken: the database's client is 27 MiB of memory that a log in a file needs not.

/** See `openKurrentEventStore` of event-store.ts. */
export async function openKurrentEventStore(options: KurrentEventStoreOptions): Promise<KurrentEventStore> {
  return (await import('./event-store.ts')).openKurrentEventStore(options);
}

/** See `openKurrentLogImport` of log-import.ts. */
export async function openKurrentLogImport(options: ConnectOptions): Promise<LogImport> {
  return (await import('./log-import.ts')).openKurrentLogImport(options);
}

/** See `openKurrentNotices` of notices.ts. */
export async function openKurrentNotices(options: KurrentNoticesOptions): Promise<KurrentNotices> {
  return (await import('./notices.ts')).openKurrentNotices(options);
}
