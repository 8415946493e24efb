import type { Logger } from 'pino';
import { StoreUnavailable } from '../../libs/event-store/index.ts';
import { damagedKept, type KeptBefore, newestKept, uncompared, unreadableKept } from '../../libs/log-tree/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import type { Verifier } from '../../libs/transparency/index.ts';
import type { Findings } from '../acts/auditing/findings.ts';
import type { KeyDestruction } from '../commands/key-destruction.ts';
import type { ImageStoring } from '../commands/store-image.ts';
import { auditSigner } from './audit-key.ts';
import { treeDir } from './forum-tree.ts';
import { CheckedKeys, mustFollow } from './log-keys.ts';
import type { WritingLog } from './opened-log.ts';

/** The keys of a log, checked when it is reached. The name does not matter where keys are compared. */
export function keysOf({ config, secrets, store, reached }: WritingLog): CheckedKeys {
  const own = (): Verifier => auditSigner(config, secrets, 'colloquy');
  return new CheckedKeys(async () => {
    await reached();
    return mustFollow(own(), { log: store, dir: treeDir(config) });
  }, own);
}

/** A log that is away has its keys checked before anything is signed. Throws ConfigError for another key. */
export async function checkedOrWithoutLog(keys: CheckedKeys): Promise<void> {
  try {
    await keys.check();
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
  }
}

/** Throws what is wrong with a log that was reached; one that is away is waited for by whoever needs it. */
export async function readyOrWithoutLog(views: Pick<Views, 'ready'>, log: Pick<WritingLog, 'reached'>): Promise<void> {
  try {
    await log.reached();
  } catch (error) {
    if (error instanceof StoreUnavailable) return;
    throw error;
  }
  await views.ready();
}

/** Tells what the log and its key cannot be compared with at this start; a log that is away is asked when it is there. */
export function tellUncompared(
  kept: KeptBefore,
  { log, keys }: { readonly log: Pick<WritingLog, 'reached' | 'store'>; readonly keys: CheckedKeys },
  tell: (said: string) => void,
): void {
  void log
    .reached()
    .then(() => Promise.all([log.store.head(), keys.check()]))
    .then(([head]) => uncompared(kept, { head, tellsKey: keys.changes.length > 0 }))
    .then(
      (said) => said !== null && tell(said),
      () => undefined,
    );
}

/** Tells of what was kept and cannot be read. What no power loss has torn is a finding, as a checkpoint is that was altered. */
export function tellUnreadable(kept: KeptBefore, logger: Logger, findings: Findings): void {
  const [all, altered] = [unreadableKept(kept), unreadableKept({ unreadable: kept.altered })];
  if (altered !== null) findings.found('tree', 'head', altered);
  if (all !== null) logger[altered === null ? 'warn' : 'error'](all);
}

/** Tells of kept checkpoints that were altered, newer than the newest that is whole; `verify` names all others. */
export function tellDamaged(dir: string, keys: CheckedKeys, tell: (said: string) => void): void {
  void keys
    .check()
    .then(() => damagedKept(newestKept(dir, keys.all)))
    .then(
      (said) => said !== null && tell(said),
      () => undefined,
    );
}

/** In the background; what fails now is done at the next start. */
export function sweepImages(
  images: ImageStoring,
  { log, logger }: { readonly log: Pick<WritingLog, 'reached'>; readonly logger: Logger },
): void {
  void log
    .reached()
    .then(() => images.sweep(Date.now()))
    .then(
      (files) => files > 0 && logger.info(`${files} files of images that were never recorded were taken away`),
      (error: unknown) => {
        if (error instanceof StoreUnavailable && error.reason === 'closed') return;
        logger.warn(`files of images that were never recorded were not looked for: ${reasonIn(error)}`);
      },
    );
}

/** In the background, since it reads the whole log; what fails now is done at the next start. */
export function finishDestructions(
  destruction: KeyDestruction,
  { log, logger }: { readonly log: Pick<WritingLog, 'reached'>; readonly logger: Logger },
): void {
  void log
    .reached()
    .then(() => destruction.finish())
    .then(
      (keys) => keys > 0 && logger.info(`${keys} keys were destroyed, as the log says that they are`),
      (error: unknown) => {
        if (error instanceof StoreUnavailable && error.reason === 'closed') return;
        logger.warn(`keys that the log says are destroyed were not looked for: ${reasonIn(error)}`);
      },
    );
}

function reasonIn(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
