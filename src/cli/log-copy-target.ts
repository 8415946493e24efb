import { join } from 'node:path';
import {
  type LogImport,
  openServerLogImport,
  openServerStore,
  openSqliteEventStore,
  openSqliteLogImport,
} from '../../libs/event-store/index.ts';
import { CopyRefused, type LogTarget } from '../../libs/log-copy/index.ts';
import { openServerKeyStore, openSqliteKeyStore } from '../../libs/vault/index.ts';
import { closeAll } from '../composition/open-log.ts';
import { makePrivate } from '../composition/private-dir.ts';
import { readSecrets, type Secrets, writeSecrets } from '../composition/secrets.ts';
import { lockForServing } from '../composition/serve-lock.ts';
import { shareSecrets } from '../composition/shared-secrets-stream.ts';
import { beginBringing, finishBringing, unfinishedIn } from '../keeping/backup/unfinished.ts';
import type { CopyPlace, ServerPlace } from './log-copy-places.ts';

/** A place to copy a forum to, which nobody serves meanwhile. */
export interface OpenTarget extends LogTarget {
  /** Marks the copy as whole. */
  finish(): void;
  close(): Promise<void>;
}

/** Opens a place that is empty or holds the same forum. Throws CopyRefused, AlreadyServed, StoreUnavailable. */
export function openTarget(place: CopyPlace, secrets: Secrets, positions: 'kept' | 'new'): Promise<OpenTarget> {
  return place.kind === 'sqlite' ? openFiles(place.dataDir, secrets, positions) : openServer(place, secrets);
}

async function openFiles(dataDir: string, secrets: Secrets, positions: 'kept' | 'new'): Promise<OpenTarget> {
  if (unfinishedIn(dataDir) === 'restore')
    throw new CopyRefused(`${dataDir} holds half a forum of an interrupted restore`);
  const secretsFile = join(dataDir, 'secrets.json');
  refuseOther(readSecrets(secretsFile), secrets, dataDir);
  makePrivate(dataDir);
  const unlock = lockForServing(dataDir);
  const opened: { close(): Promise<void> }[] = [{ close: async () => unlock() }];
  const open = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    opened.unshift(part);
    return part;
  };
  const close = (): Promise<void> => closeAll(opened);
  try {
    const file = join(dataDir, 'log.db');
    const into = open(openSqliteLogImport({ file, positions }));
    const log = open(await openSqliteEventStore({ file, readOnly: true }));
    if ((await log.head()) === 0n) beginBringing(dataDir, 'log copy');
    const keys = open(openSqliteKeyStore({ file: join(dataDir, 'vault.db') }));
    if (readSecrets(secretsFile) === undefined) writeSecrets(secretsFile, secrets);
    return { log, keys, into: marking(into, dataDir), finish: () => finishBringing(dataDir), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Marks the directory before the first event comes: from then on it is a part of a forum, until the copy is whole. */
function marking(into: LogImport, dataDir: string): LogImport {
  let marked = false;
  return {
    add: async (events) => {
      if (!marked) beginBringing(dataDir, 'log copy');
      marked = true;
      await into.add(events);
    },
    close: () => into.close(),
  };
}

async function openServer(place: ServerPlace, secrets: Secrets): Promise<OpenTarget> {
  const { url, hosts } = place;
  const log = await openServerStore({ url });
  const keys = await openServerKeyStore({ url });
  const into = await openServerLogImport({ url });
  const close = (): Promise<void> => closeAll([into, keys, log]);
  try {
    refuseOther(await shareSecrets(log, secrets), secrets, hosts);
    return { log, keys, into, finish: () => undefined, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Each forum has secrets of its own, so they tell a foreign place before anything is compared. */
function refuseOther(standing: Secrets | undefined, secrets: Secrets, name: string): void {
  if (standing === undefined || standing.emailKey === secrets.emailKey) return;
  throw new CopyRefused(
    `${name} holds another forum (its secrets are not those of the source); copy into an empty place`,
  );
}
