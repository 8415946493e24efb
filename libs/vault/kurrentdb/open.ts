import type { KeyServerSort } from '../key-server-port.ts';

/** Each way in is loaded when it is taken, as those of the event store are. */
export const kurrentKeys: KeyServerSort = {
  openVault: async (options) => (await import('./vault.ts')).openKurrentVault(options),
  openKeyStore: async (options) => (await import('./key-store.ts')).openKurrentKeyStore(options),
};
