import { chmodSync, constants, copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore, openSqliteLogImport, StoreUnavailable } from '../../../libs/event-store/index.ts';
import { ImageFiles, imagesDir } from '../../../libs/images/index.ts';
import type { Position } from '../../../libs/kernel/index.ts';
import { copyLog } from '../../../libs/log-copy/index.ts';
import { destroyRecorded, openSqliteKeyStore } from '../../../libs/vault/index.ts';
import { BackupFault } from './backup-fault.ts';
import { checkFiles, checkLog, withLogIn } from './check-backup.ts';
import { entriesOf, factsOf, fileFault, KEPT_FILES, type KeptFile, syncAll } from './files.ts';
import { copyImages, refuseLost } from './images.ts';
import type { Manifest } from './manifest.ts';
import type { BackupSteps } from './steps.ts';
import { beginBringing, finishBringing, UNFINISHED, unfinishedIn } from './unfinished.ts';

/**
 * The allowed contents of an empty data directory: the lock of servers, the mark of a restore, the ledger of erasures, a
 * file system's own folder.
 */
const NO_FORUM = /^(serve\.lock\.db(-journal)?|unfinished\.json|erasures\.ledger|lost\+found)$/;
/** The remains of an interrupted restore. */
const HALF = /^((log\.db|vault\.db|secrets\.json)(-wal|-shm|-journal)?|images)$/;

export interface RestoreOptions extends BackupSteps {
  readonly backup: string;
  /** Empty, missing, or half filled by an interrupted restore. */
  readonly dataDir: string;
  /** The last position of the backup's log to restore; all unless told. */
  readonly until?: Position;
  /** Keeps servers out of the data directory, and gives the function that releases it. */
  readonly lock: (dataDir: string) => () => void;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly events: number;
  readonly position: Position;
  readonly digest: string;
}

/** Throws BackupFault unless a forum may be restored into the directory. */
function refuseForum(dataDir: string): void {
  const restoring = unfinishedIn(dataDir) === 'restore';
  const found = entriesOf(dataDir).find((name) => !(NO_FORUM.test(name) || (restoring && HALF.test(name))));
  if (found === undefined) return;
  throw new BackupFault(
    `${dataDir} is not empty (it holds ${found}); a forum is restored into an empty DATA_DIR alone`,
  );
}

/**
 * Brings a backup's forum, or its first events, into an empty data directory, and reads it back. The next start builds
 * the views. Throws BackupFault, StoreUnavailable; the directory is then empty again, and after a kill it is marked, so
 * that no server starts on it.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { backup, dataDir, until } = options;
  const manifest = await checkFiles(backup, options);
  if (until !== undefined) refuseOutside(until, manifest.log.position, backup);
  refuseForum(dataDir);
  const unlock = options.lock(dataDir);
  try {
    return { manifest, ...(await bring(manifest, options)) };
  } catch (error) {
    throw told(error, dataDir);
  } finally {
    unlock();
  }
}

type Brought = Omit<Restored, 'manifest'>;

async function bring(manifest: Manifest, options: RestoreOptions): Promise<Brought> {
  const { dataDir, until } = options;
  try {
    beginBringing(dataDir, 'restore');
    removeHalf(dataDir);
    const brought = await (until === undefined ? bringAll(manifest, options) : bringFirst(until, manifest, options));
    await bringImages(manifest, options);
    syncAll(dataDir, KEPT_FILES);
    finishBringing(dataDir);
    return brought;
  } catch (error) {
    removeHalf(dataDir);
    rmSync(join(dataDir, UNFINISHED), { force: true });
    throw error;
  }
}

async function bringAll(manifest: Manifest, options: RestoreOptions): Promise<Brought> {
  const { dataDir, signal } = options;
  for (const name of KEPT_FILES) {
    signal?.throwIfAborted();
    await bringFile(name, manifest, options);
  }
  await checkLog(dataDir, manifest.log, options);
  await destroyWhatIsRecorded(dataDir);
  const { events, position, digest } = manifest.log;
  return { events, position: BigInt(position), digest };
}

/** Those of the events that came. Throws BackupFault when the backup has lost one. */
async function bringImages({ images }: Manifest, { backup, dataDir, signal }: RestoreOptions): Promise<void> {
  const [from, to] = [new ImageFiles(imagesDir(backup)), new ImageFiles(imagesDir(dataDir))];
  const found = await withLogIn(dataDir, (source) => copyImages(source, { from, to }, signal));
  refuseLost(found, images, imagesDir(backup));
}

/** The backup may be of a moment, or of a program, that had recorded a destruction without doing it. */
async function destroyWhatIsRecorded(dataDir: string): Promise<void> {
  const log = await openSqliteEventStore({ file: join(dataDir, 'log.db'), readOnly: true });
  const keys = openSqliteKeyStore({ file: join(dataDir, 'vault.db') });
  try {
    await destroyRecorded(log, keys);
  } finally {
    for (const part of [log, keys]) await part.close();
  }
}

/** The events after `until` are never written, so that no page of the new file has any trace of them. */
async function bringFirst(until: Position, manifest: Manifest, options: RestoreOptions): Promise<Brought> {
  const { backup, dataDir, onProgress, signal } = options;
  await bringFile('secrets.json', manifest, options);
  const file = join(dataDir, 'log.db');
  const source = {
    log: await openSqliteEventStore({ file: join(backup, 'log.db'), readOnly: true }),
    keys: keysOf(backup),
  };
  const into = openSqliteLogImport({ file, positions: 'kept' });
  const target = {
    log: await openSqliteEventStore({ file, readOnly: true }),
    into,
    keys: openSqliteKeyStore({ file: join(dataDir, 'vault.db') }),
  };
  try {
    const copied = await copyLog(source, target, {
      positions: 'kept',
      until,
      onProgress: (step, done, all, events) => onProgress?.(step, Number(done), Number(all), events),
      ...(signal === undefined ? {} : { signal }),
    });
    const { events, targetPosition: position, digest } = copied;
    return { events, position, digest };
  } finally {
    for (const part of [source.log, source.keys, target.log, target.keys, into]) await part.close();
  }
}

function keysOf(directory: string) {
  return openSqliteKeyStore({ file: join(directory, 'vault.db'), readOnly: true });
}

async function bringFile(name: KeptFile, { files }: Manifest, { backup, dataDir }: RestoreOptions): Promise<void> {
  const file = join(dataDir, name);
  copyFileSync(join(backup, name), file, constants.COPYFILE_EXCL);
  chmodSync(file, 0o600);
  const { sha256 } = await factsOf(file);
  if (sha256 !== files[name].sha256)
    throw new BackupFault(`${file} came out unlike ${join(backup, name)}: the disk is faulty`);
}

function removeHalf(dataDir: string): void {
  for (const name of entriesOf(dataDir)) {
    if (HALF.test(name)) rmSync(join(dataDir, name), { force: true, recursive: true });
  }
}

function refuseOutside(until: Position, last: string, backup: string): void {
  if (until >= 1n && until <= BigInt(last)) return;
  throw new BackupFault(`${backup} holds positions 1 to ${last}, so nothing can be restored until ${until}`);
}

function told(error: unknown, dataDir: string): unknown {
  const reason = error instanceof StoreUnavailable && error.reason === 'disk-full' ? error : fileFault(error, dataDir);
  if (reason === error && !(error instanceof StoreUnavailable)) return error;
  if (!(reason instanceof Error)) return error;
  return new BackupFault(`the restore was given up, and ${dataDir} is empty again: ${reason.message}`);
}
