import type { LogServerSort } from '../log-server-port.ts';
import { isKurrentUrl, KURRENTDB_FORM, kurrentHosts } from './address.ts';

/** Each way in is loaded when it is taken: the database's client is 27 MiB of memory that a log in a file needs not. */
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
