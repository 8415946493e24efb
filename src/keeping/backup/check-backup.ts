import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../../libs/event-store/index.ts';
import { ImageFiles, imagesDir } from '../../../libs/images/index.ts';
import { counted } from '../../../libs/kernel/index.ts';
import type { CopySource } from '../../../libs/log-copy/index.ts';
import { openSqliteKeyStore } from '../../../libs/vault/index.ts';
import { BackupFault } from './backup-fault.ts';
import { entriesOf, factsOf, KEPT_FILES } from './files.ts';
import { findImages, refuseLost } from './images.ts';
import { type Inspected, type InspectOptions, inspectLog } from './inspect-log.ts';
import { MANIFEST, type Manifest, readManifest } from './manifest.ts';
import type { BackupSteps } from './steps.ts';

/** Compares every file of a backup with its manifest, and gives that. Throws BackupFault that names the file. */
export async function checkFiles(directory: string, { onProgress }: BackupSteps = {}): Promise<Manifest> {
  const manifest = readManifest(directory);
  for (const name of entriesOf(directory)) {
    const foreign = name !== MANIFEST && !KEPT_FILES.some((kept) => kept === name);
    if (foreign && /^(log|vault)\.db/.test(name)) {
      throw new BackupFault(
        `${join(directory, name)} is no part of the backup: somebody used its files; take them from another copy`,
      );
    }
  }
  const all = KEPT_FILES.reduce((sum, name) => sum + manifest.files[name].bytes, 0);
  let done = 0;
  for (const name of KEPT_FILES) {
    const file = join(directory, name);
    const due = manifest.files[name];
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) throw new BackupFault(`${file} is missing`);
    if (size !== due.bytes)
      throw new BackupFault(`${file} is damaged: it has ${counted(size, 'byte')} and should have ${due.bytes}`);
    const { sha256 } = await factsOf(file, (bytes) => {
      done += bytes;
      onProgress?.('hashing', done, all, 0);
    });
    if (sha256 !== due.sha256) throw new BackupFault(`${file} is damaged: its contents are not what was written`);
  }
  return manifest;
}

/**
 * Reads a backup's (or a restored forum's) log to its end and compares it with what the manifest says: events, digest, keys.
 * Throws BackupFault, StoreUnavailable.
 */
export async function checkLog(directory: string, due: Manifest['log'], steps: BackupSteps): Promise<void> {
  const file = join(directory, 'log.db');
  const found = await inspectWithKeys(directory, steps);
  const isDue =
    found.events === due.events &&
    String(found.position) === due.position &&
    found.digest === due.digest &&
    found.unreadable === due.unreadable;
  if (isDue) return;
  const [is, should] = [found, due].map(
    (log) => `${counted(log.events, 'event')}, ${log.unreadable} unreadable, digest ${log.digest}`,
  );
  throw new BackupFault(`${file} does not hold what was backed up: ${is}; should be ${should}`);
}

/** Reads the files of a backup's images. Throws BackupFault for a missing or altered one. */
export async function checkBackupImages(
  directory: string,
  { images }: Manifest,
  { signal }: BackupSteps,
): Promise<void> {
  const place = imagesDir(directory);
  const found = await withLogIn(directory, (source) => findImages(source, new ImageFiles(place), signal));
  refuseLost(found, images, place);
}

/** Opens a directory's log and keys for reading, and closes them after the work. */
export async function withLogIn<Result>(
  directory: string,
  work: (source: CopySource) => Promise<Result>,
): Promise<Result> {
  const log = await openSqliteEventStore({ file: join(directory, 'log.db'), readOnly: true });
  const keys = openSqliteKeyStore({ file: join(directory, 'vault.db'), readOnly: true });
  try {
    return await work({ log, keys });
  } finally {
    for (const part of [log, keys]) await part.close();
  }
}

/** Reads the log of a directory together with the vault beside it. */
export async function inspectWithKeys(
  directory: string,
  { onProgress, signal }: BackupSteps,
  more: Pick<InspectOptions, 'onUnreadable'> = {},
): Promise<Inspected> {
  const keys = openSqliteKeyStore({ file: join(directory, 'vault.db'), readOnly: true });
  try {
    return await inspectLog({
      file: join(directory, 'log.db'),
      keys,
      onProgress: (done, all) => onProgress?.('checking', done, all, done),
      signal,
      ...more,
    });
  } finally {
    await keys.close();
  }
}
