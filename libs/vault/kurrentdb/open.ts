import type { ConnectOptions } from '../../event-store/kurrentdb/connect.ts';
import type { KeyStore } from '../keys.ts';
import type { ErasingVault } from '../port.ts';
import type { KurrentVaultOptions } from './vault.ts';

// The ways in, each loaded when it is taken, as those of the event store are.

/** See `openKurrentVault` of vault.ts. */
export async function openKurrentVault(options: KurrentVaultOptions): Promise<ErasingVault> {
  return (await import('./vault.ts')).openKurrentVault(options);
}

/** See `openKurrentKeyStore` of key-store.ts. */
export async function openKurrentKeyStore(options: ConnectOptions): Promise<KeyStore> {
  return (await import('./key-store.ts')).openKurrentKeyStore(options);
}
