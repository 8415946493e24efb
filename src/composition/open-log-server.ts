import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  openServerNotices,
  openServerStore,
  type ServerNotices,
  type ServerStore,
  StoreUnavailable,
} from '../../libs/event-store/index.ts';
import { type ErasingVault, openServerVault } from '../../libs/vault/index.ts';
import { type Config, ConfigError } from '../config.ts';
import { FollowedLog } from './followed-log.ts';
import { closeAll, type LogServerTold, type WritingLog } from './opened-log.ts';
import { SharedSecrets } from './secrets-shared.ts';

/** The longest time of a health check's question, in milliseconds. */
const ASK_MS = 1_500;
const TRY_AGAIN_MS = 1_000;

/**
 * Opens a log that several nodes share: events, keys and secrets are on a server. The server need not be there yet:
 * everything is tried until it comes. Throws ConfigError.
 */
export async function openLogServer(config: Config, told: LogServerTold): Promise<WritingLog> {
  const onTrouble = told.onTrouble ?? (() => undefined);
  const url = config.eventStoreUrl;
  const followed = new FollowedLog(config, 'server');
  const parts = await opened(config, onTrouble);
  const { store, probe, vault, notices, secrets } = parts;
  const closing = new AbortController();
  let wrong: ConfigError | null = null;
  const reached = async (): Promise<void> => {
    await secrets.load();
    await followed.check(store).catch((error: unknown) => {
      if (error instanceof ConfigError) wrong = error;
      throw error;
    });
    await tellVersion();
  };
  const tellVersion = once(async () => told.onVersion?.(await store.serverVersion()));
  const loading = keepReaching(reached, { signal: closing.signal, onTrouble });
  return {
    config,
    secrets,
    store,
    vault,
    notices,
    source: { url },
    reached,
    failed: new Promise(() => undefined),
    waiting: null,
    ask: async () => {
      if (wrong) throw new StoreUnavailable('corrupt', wrong.message);
      await probe.head();
      await secrets.needed();
    },
    close: async () => {
      closing.abort();
      await closeAll([notices, store, probe, vault]);
      await loading;
    },
  };
}

interface Parts {
  readonly store: ServerStore;
  /** Another connection, which does not wait. */
  readonly probe: ServerStore;
  readonly vault: ErasingVault;
  readonly notices: ServerNotices;
  readonly secrets: SharedSecrets;
}

async function opened(config: Config, onTrouble: (reason: string) => void): Promise<Parts> {
  const url = config.eventStoreUrl;
  const open: { close(): Promise<void> }[] = [];
  const also = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    open.push(part);
    return part;
  };
  try {
    const store = also(await openServerStore({ url, onTrouble }));
    const probe = also(await openServerStore({ url, callMs: ASK_MS, patienceMs: 0 }));
    const secrets = new SharedSecrets(config, store);
    const vault = also(await openServerVault({ url, cacheFile: join(config.dataDir, 'vault-cache.db') }));
    const notices = also(await openServerNotices({ url }));
    return { store, probe, vault, notices, secrets };
  } catch (error) {
    await closeAll(open);
    if (error instanceof RangeError) throw new ConfigError(`EVENT_STORE_URL=(hidden): must be ${error.message}`);
    throw error;
  }
}

/** Nobody can sign in until the secrets are known, so they are asked for until then. */
async function keepReaching(
  reached: () => Promise<void>,
  { signal, onTrouble }: { readonly signal: AbortSignal; readonly onTrouble: (reason: string) => void },
): Promise<void> {
  while (!signal.aborted) {
    try {
      return await reached();
    } catch (error) {
      if (error instanceof ConfigError) onTrouble(error.message);
      if (!(error instanceof StoreUnavailable)) return;
      await pause(TRY_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Does the work until it has succeeded once, and ignores its failures. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done = false;
  return async () => {
    if (done) return;
    await work().then(
      () => {
        done = true;
      },
      () => undefined,
    );
  };
}
