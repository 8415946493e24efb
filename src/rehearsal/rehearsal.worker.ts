import { parentPort, workerData } from 'node:worker_threads';
import { openLogSource } from '../../libs/event-store/index.ts';
import { DomainError, trusted } from '../../libs/kernel/index.ts';
import { stopIfAsked } from '../../libs/sqlite/index.ts';
import { openServerVault, openSqliteVault, WatchedVault } from '../../libs/vault/index.ts';
import type { FromRehearsal, RehearsalTask } from './messages.ts';
import { rehearse } from './rehearse.ts';

/** Milliseconds between two messages of progress. */
const TELL_EVERY = 200;
/** Milliseconds to wait for a database that is away, since nobody repeats a rehearsal without being asked. */
const PATIENCE_MS = 10_000;

const task = trusted<RehearsalTask>(workerData);
const { log } = task;
const store = await openLogSource(log, PATIENCE_MS);
const keys =
  'url' in log
    ? await openServerVault({ url: log.url, cacheFile: log.cacheFile })
    : await openSqliteVault({ file: log.vaultFile });
/** The server tells of broken seals when it shows them. */
const vault = new WatchedVault(keys, store, () => undefined);
/** A thread's clock begins with it. */
let told = Number.NEGATIVE_INFINITY;
try {
  const result = await rehearse(task.wish, {
    store,
    vault,
    onProgress: ({ comments, position, head }) => {
      stopIfAsked();
      if (performance.now() - told < TELL_EVERY && position !== head) return;
      told = performance.now();
      tell({ kind: 'progress', comments, position, head });
    },
  });
  tell({ kind: 'result', result });
} catch (error) {
  tell(refusalOf(error));
} finally {
  await store.close();
  await vault.close();
}

function tell(message: FromRehearsal): void {
  parentPort?.postMessage(message);
}

function refusalOf(error: unknown): FromRehearsal {
  if (error instanceof DomainError)
    return { kind: 'refused', code: error.code, detail: error.detail, errors: error.errors };
  return { kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
