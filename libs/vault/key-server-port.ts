import type { ServerOptions } from '../event-store/index.ts';
import type { KeyStore } from './keys.ts';
import type { ErasingVault } from './port.ts';

export interface ServerVaultOptions extends ServerOptions {
  /** The node's own copy of the keys; made with mode 0600 when it is not there. */
  readonly cacheFile: string;
}

/** The keys of a log that stands on a server stand there too, beside it. */
export interface KeyServerSort {
  readonly openVault: (options: ServerVaultOptions) => Promise<ErasingVault>;
  readonly openKeyStore: (options: ServerOptions) => Promise<KeyStore>;
}
