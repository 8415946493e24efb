import type { Logger } from 'pino';
import { StoreUnavailable } from '../../libs/event-store/index.ts';
import { madeOnce } from '../../libs/kernel/index.ts';
import { damagedKept, type KeptBefore, newestKept, uncompared, unreadableKept } from '../../libs/log-tree/index.ts';
import type { Views } from '../../libs/projections/index.ts';
import type { Verifier } from '../../libs/transparency/index.ts';
import type { Findings } from '../acts/auditing/findings.ts';
import type { StreamErasing } from '../commands/erase-streams.ts';
import type { KeyDestruction } from '../commands/key-destruction.ts';
import type { ImageStoring } from '../commands/store-image.ts';
import { auditSigner } from './audit-key.ts';
import { treeDir } from './forum-tree.ts';
import { CheckedKeys, mustFollow } from './log-keys.ts';
import type { WritingLog } from './opened-log.ts';

/** The keys of a log, checked when it is reached. Keys are compared without their names. */
export function keysOf({ config, secrets, store, reached }: WritingLog): CheckedKeys {
  const own = madeOnce((): Verifier => auditSigner(config, secrets, 'colloquy'));
  return new CheckedKeys(async () => {
    await reached();
    return mustFollow(own(), { log: store, dir: treeDir(config) });
  }, own);
}

/** When the log is away, its keys are checked before anything is signed. Throws ConfigError for another key. */
export async function checkedOrWithoutLog(keys: CheckedKeys): Promise<void> {
  try {
    await keys.check();
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
  }
}

/** Throws the fault of a log that was reached; a log that is away is waited for by those who need it. */
export async function readyOrWithoutLog(views: Pick<Views, 'ready'>, log: Pick<WritingLog, 'reached'>): Promise<void> {
  try {
    await log.reached();
  } catch (error) {
    if (error instanceof StoreUnavailable) return;
    throw error;
  }
  await views.ready();
}

/** Tells that the log and its key have nothing to be compared with at this start; a log that is away is asked later. */
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

/**
 * Tells of kept data that cannot be read. Data that no power loss has torn becomes a finding, and so does an altered
 * checkpoint.
 */
export function tellUnreadable(kept: KeptBefore, logger: Logger, findings: Findings): void {
  const [all, altered] = [unreadableKept(kept), unreadableKept({ unreadable: kept.altered })];
  if (altered !== null) findings.found('tree', 'head', altered);
  if (all !== null) logger[altered === null ? 'warn' : 'error'](all);
}

/** Tells of kept checkpoints that were altered and are newer than the newest intact one; `verify` names all others. */
export function tellDamaged(dir: string, keys: CheckedKeys, tell: (said: string) => void): void {
  void keys
    .check()
    .then(() => damagedKept(newestKept(dir, keys.all)))
    .then(
      (said) => said !== null && tell(said),
      () => undefined,
    );
}

/** Runs in the background; what fails is done at the next start. */
export function sweepImages(
  { images, erasing }: { readonly images: ImageStoring; readonly erasing: StreamErasing },
  { log, logger }: { readonly log: Pick<WritingLog, 'reached'>; readonly logger: Logger },
): void {
  void log
    .reached()
    .then(() => erasing.sweepFiles())
    .then(() => images.sweep(Date.now()))
    .then(
      (files) => files > 0 && logger.info(`files of images that were never recorded and were taken away: ${files}`),
      (error: unknown) => {
        if (error instanceof StoreUnavailable && error.reason === 'closed') return;
        logger.warn(`files of images that were erased or never recorded were not looked for: ${reasonIn(error)}`);
      },
    );
}

/** Runs in the background, since it reads the whole log; what fails is done at the next start. */
export function finishDestructions(
  destruction: KeyDestruction,
  { log, logger }: { readonly log: Pick<WritingLog, 'reached'>; readonly logger: Logger },
): void {
  void log
    .reached()
    .then(() => destruction.finish())
    .then(
      (keys) => keys > 0 && logger.info(`keys that the log says are destroyed, and that were so now: ${keys}`),
      (error: unknown) => {
        if (error instanceof StoreUnavailable && error.reason === 'closed') return;
        logger.warn(`keys that the log says are destroyed were not looked for: ${reasonIn(error)}`);
      },
    );
}

function reasonIn(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
