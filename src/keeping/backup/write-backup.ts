import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  copySqliteLog,
  type LogServerName,
  openSqliteEventStore,
  openSqliteLogImport,
  StoreUnavailable,
  sqliteLogStandsAlone,
} from '../../../libs/event-store/index.ts';
import { ImageFiles, imagesDir } from '../../../libs/images/index.ts';
import { codeOf, type Position } from '../../../libs/kernel/index.ts';
import { type CopySource, copyLog, copyNewKeys } from '../../../libs/log-copy/index.ts';
import { copySqliteVault, openSqliteKeyStore, sqliteVaultStandsAlone } from '../../../libs/vault/index.ts';
import { BackupFault } from './backup-fault.ts';
import { inspectWithKeys, withLogIn } from './check-backup.ts';
import { entriesOf, type FileFacts, factsOf, fileFault, KEPT_FILES, type KeptFile, syncAll } from './files.ts';
import { copyImages, type ImagesFound } from './images.ts';
import { type Inspected, inspectLog } from './inspect-log.ts';
import { MANIFEST, type Manifest, manifestText, newManifest } from './manifest.ts';
import type { BackupStep, BackupSteps } from './steps.ts';
import { unfinishedAdvice } from './unfinished.ts';

/**
 * A forum with its log in a file of a data directory, or on a server with its secrets as the text of a file; its images
 * are in the directory in both cases.
 */
export type BackupSource =
  | { readonly kind: 'sqlite'; readonly dataDir: string }
  | (CopySource & { readonly kind: LogServerName; readonly secrets: string; readonly dataDir: string });

export interface BackupOptions extends BackupSteps {
  readonly source: BackupSource;
  /** The backup's directory: not there yet, or empty. */
  readonly directory: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** Of this program. */
  readonly colloquy: string;
}

/**
 * Backs up a forum while it serves, and gives the manifest. The backup is written beside its place under another name,
 * read back, and renamed when it is whole. Throws BackupFault, StoreUnavailable, CopyRefused; nothing remains then.
 */
export async function writeBackup(options: BackupOptions): Promise<Manifest> {
  const directory = resolve(options.directory);
  refuseTaken(directory);
  const draft = `${directory}.unfinished-${randomBytes(4).toString('hex')}`;
  try {
    mkdirSync(dirname(directory), { recursive: true });
    mkdirSync(draft, { mode: 0o700 });
    const manifest = await fill(draft, options);
    writeFileSync(join(draft, MANIFEST), manifestText(manifest), { mode: 0o600 });
    syncAll(draft, [...KEPT_FILES, MANIFEST]);
    rename(draft, directory);
    syncAll(dirname(directory), []);
    return manifest;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw told(error, directory);
  }
}

async function fill(draft: string, options: BackupOptions): Promise<Manifest> {
  const { source, createdAt, colloquy } = options;
  const { position, log } = await (source.kind === 'sqlite'
    ? fromFiles(draft, source.dataDir, options)
    : fromServer(draft, source, options));
  const files: Record<KeptFile, FileFacts> = {
    'log.db': await factsOf(join(draft, 'log.db')),
    'vault.db': await factsOf(join(draft, 'vault.db')),
    'secrets.json': await factsOf(join(draft, 'secrets.json')),
  };
  const images = await backedImages(draft, source.dataDir, options);
  const { events, digest, unreadable } = log;
  return newManifest({
    createdAt,
    colloquy,
    source: { kind: source.kind, position: String(position) },
    log: { events, position: String(log.position), digest, unreadable },
    files,
    ...(images.files + images.missing === 0 ? {} : { images }),
  });
}

/** Those that the copied log names; the files of an image are there before its event. */
function backedImages(draft: string, dataDir: string, { signal }: BackupSteps): Promise<ImagesFound> {
  const [from, to] = [new ImageFiles(imagesDir(dataDir)), new ImageFiles(imagesDir(draft))];
  return withLogIn(draft, (source) => copyImages(source, { from, to }, signal));
}

interface Filled {
  /** Of the newest event, where it was backed up from. */
  readonly position: Position;
  readonly log: Inspected;
}

/**
 * The vault is copied before the log: a destruction is recorded before its key goes, so each key that the backup holds
 * as destroyed has its event there. Keys made between the two are added.
 */
async function fromFiles(draft: string, dataDir: string, steps: BackupSteps): Promise<Filled> {
  const unfinished = unfinishedAdvice(dataDir);
  if (unfinished !== null) throw new BackupFault(unfinished);
  for (const name of KEPT_FILES) {
    if (!existsSync(join(dataDir, name))) {
      throw new BackupFault(`${dataDir} holds no whole forum to back up: ${join(dataDir, name)} is missing`);
    }
  }
  const { onProgress, signal } = steps;
  const copying = (done: number, all: number): void => {
    signal?.throwIfAborted();
    onProgress?.('copying', done, all, 0);
  };
  await copySqliteVault(join(dataDir, 'vault.db'), join(draft, 'vault.db'), copying);
  do {
    rmSync(join(draft, 'log.db'), { force: true });
    await copySqliteLog(join(dataDir, 'log.db'), join(draft, 'log.db'), copying);
  } while (!(await bringKeysFor(draft, dataDir, steps)));
  const secrets = join(draft, 'secrets.json');
  copyFileSync(join(dataDir, 'secrets.json'), secrets);
  chmodSync(secrets, 0o600);
  return compareWithFiles(draft, dataDir, steps);
}

/**
 * Adds the keys that came between the two files. False when one of them is destroyed already, by an event that came after the
 * copied log.
 */
async function bringKeysFor(draft: string, dataDir: string, steps: BackupSteps): Promise<boolean> {
  const opened: { close(): Promise<void> }[] = [];
  const open = async (directory: string, readOnly: boolean): Promise<CopySource> => {
    const log = await openSqliteEventStore({ file: join(directory, 'log.db'), readOnly: true });
    opened.push(log);
    const keys = openSqliteKeyStore({ file: join(directory, 'vault.db'), readOnly });
    opened.push(keys);
    return { log, keys };
  };
  try {
    return await copyNewKeys(await open(dataDir, true), await open(draft, false), steps.signal);
  } finally {
    for (const part of opened) await part.close();
    sqliteVaultStandsAlone(join(draft, 'vault.db'));
  }
}

/** Reads the copy to its end, and the same part of the original log; both must agree. */
async function compareWithFiles(draft: string, dataDir: string, steps: BackupSteps): Promise<Filled> {
  const known = openSqliteKeyStore({ file: join(dataDir, 'vault.db'), readOnly: true });
  try {
    const copy = await inspectWithKeys(draft, steps, {
      onUnreadable: async ({ position }, keyId) => {
        if (keyId === undefined || (await known.stateOf(keyId)) === 'unknown') return;
        throw new BackupFault(`${join(draft, 'vault.db')} lacks the key of the event at position ${position}`);
      },
    });
    const log = await inspectLog({
      file: join(dataDir, 'log.db'),
      keys: null,
      until: copy.position,
      onProgress: (done, all) => steps.onProgress?.('reading', done, all, done),
      signal: steps.signal,
    });
    if (log.events !== copy.events || log.digest !== copy.digest) {
      throw new BackupFault(
        `${join(draft, 'log.db')} came out unlike the log: digest ${copy.digest}, not ${log.digest}`,
      );
    }
    return { position: copy.position, log: copy };
  } finally {
    await known.close();
  }
}

async function fromServer(
  draft: string,
  source: CopySource & { readonly secrets: string },
  steps: BackupSteps,
): Promise<Filled> {
  const [file, vault] = [join(draft, 'log.db'), join(draft, 'vault.db')];
  const into = openSqliteLogImport({ file, positions: 'new' });
  const keys = openSqliteKeyStore({ file: vault });
  const log = await openSqliteEventStore({ file, readOnly: true });
  let position: Position;
  try {
    const tell = (step: BackupStep, done: Position, all: Position, count: number): void =>
      steps.onProgress?.(step, Number(done), Number(all), count);
    const { signal } = steps;
    const options = { positions: 'new', onProgress: tell, ...(signal === undefined ? {} : { signal }) } as const;
    ({ sourcePosition: position } = await copyLog(source, { log, into, keys }, options));
  } finally {
    for (const part of [log, into, keys]) await part.close();
  }
  sqliteLogStandsAlone(file);
  sqliteVaultStandsAlone(vault);
  writeFileSync(join(draft, 'secrets.json'), source.secrets, { mode: 0o600 });
  return { position, log: await inspectWithKeys(draft, steps) };
}

function refuseTaken(directory: string): void {
  if (entriesOf(directory).length === 0) return;
  const what = existsSync(join(directory, MANIFEST)) ? 'is a backup already' : 'is not empty';
  throw new BackupFault(`${directory} ${what}; nothing is written over: choose another name`);
}

/** Takes the place of an empty directory; fails when something came into it meanwhile. */
function rename(draft: string, directory: string): void {
  try {
    renameSync(draft, directory);
  } catch (error) {
    if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') refuseTaken(directory);
    throw error;
  }
}

function told(error: unknown, directory: string): unknown {
  if (error instanceof StoreUnavailable && error.reason === 'disk-full') {
    return new BackupFault(`the backup ${directory} was given up, and nothing of it is left: ${error.message}`);
  }
  const fault = fileFault(error, directory);
  if (error === fault || !(fault instanceof BackupFault)) return error;
  return new BackupFault(`the backup was given up, and nothing of it is left: ${fault.message}`);
}
