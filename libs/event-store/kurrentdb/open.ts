import type { LogServerSort } from '../log-server-port.ts';
import { isKurrentUrl, KURRENTDB_FORM, kurrentHosts } from './address.ts';

/** Loaded at first use: the database's client takes 27 MiB of memory, which a log in a file does not need. */
export const kurrentDb: LogServerSort = {
  title: 'KurrentDB',
  form: KURRENTDB_FORM,
  oldest: [24, 10],
  releases: 'KurrentDB 24.10, 25 and 26',
  isAddress: isKurrentUrl,
  hostsIn: kurrentHosts,
  openStore: async (options) => (await import('./event-store.ts')).openKurrentEventStore(options),
  openLogImport: async (options) => (await import('./log-import.ts')).openKurrentLogImport(options),
  openNotices: async (options) => (await import('./notices.ts')).openKurrentNotices(options),
};
