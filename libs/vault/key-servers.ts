import { type LogServerName, requireLogServer, type ServerOptions } from '../event-store/index.ts';
import type { KeyServerSort, ServerVaultOptions } from './key-server-port.ts';
import type { KeyStore } from './keys.ts';
import { kurrentKeys } from './kurrentdb/open.ts';
import type { ErasingVault } from './port.ts';

const KEY_SERVERS: Readonly<Record<LogServerName, KeyServerSort>> = { kurrentdb: kurrentKeys };

/** The vault of a server, which may come later. Throws RangeError for an address that cannot be one, StoreUnavailable for the file. */
export async function openServerVault(options: ServerVaultOptions): Promise<ErasingVault> {
  return keyServerAt(options.url).openVault(options);
}

/** Throws RangeError for an address that cannot be one. */
export async function openServerKeyStore(options: ServerOptions): Promise<KeyStore> {
  return keyServerAt(options.url).openKeyStore(options);
}

function keyServerAt(url: string): KeyServerSort {
  return KEY_SERVERS[requireLogServer(url)];
}
