import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openServerStore, openSqliteEventStore } from '../../libs/event-store/index.ts';
import { CopyRefused, type CopySource } from '../../libs/log-copy/index.ts';
import { openServerKeyStore, openSqliteKeyStore } from '../../libs/vault/index.ts';
import { closeAll } from '../composition/open-log.ts';
import { readSecrets, type Secrets } from '../composition/secrets.ts';
import { readSharedSecrets } from '../composition/shared-secrets-stream.ts';
import { KEPT_FILES } from '../keeping/backup/files.ts';
import { unfinishedAdvice } from '../keeping/backup/unfinished.ts';
import type { CopyPlace, ServerPlace } from './log-copy-places.ts';

/** A forum to copy from, which may be served meanwhile. */
export interface OpenSource extends CopySource {
  readonly secrets: Secrets;
  close(): Promise<void>;
}

/** Throws CopyRefused when there is no whole forum, StoreUnavailable. */
export function openSource(place: CopyPlace): Promise<OpenSource> {
  return place.kind === 'sqlite' ? openFiles(place.dataDir) : openServer(place);
}

async function openFiles(dataDir: string): Promise<OpenSource> {
  const unfinished = unfinishedAdvice(dataDir);
  if (unfinished !== null) throw new CopyRefused(unfinished);
  const missing = KEPT_FILES.map((name) => join(dataDir, name)).find((file) => !existsSync(file));
  const secrets = readSecrets(join(dataDir, 'secrets.json'));
  if (missing !== undefined || secrets === undefined) {
    throw new CopyRefused(`${dataDir} holds no whole forum: ${missing ?? 'secrets.json'} is missing`);
  }
  const keys = openSqliteKeyStore({ file: join(dataDir, 'vault.db'), readOnly: true });
  const log = await openSqliteEventStore({ file: join(dataDir, 'log.db'), readOnly: true });
  return { log, keys, secrets, close: () => closeAll([log, keys]) };
}

/**
 * The secrets of a forum alone, which a damaged log or vault does not hide. Throws CopyRefused when there are none,
 * StoreUnavailable.
 */
export async function readSecretsOf(place: CopyPlace): Promise<Secrets> {
  if (place.kind === 'sqlite') {
    const file = join(place.dataDir, 'secrets.json');
    const secrets = readSecrets(file);
    if (secrets === undefined) throw new CopyRefused(`${place.dataDir} holds no whole forum: ${file} is missing`);
    return secrets;
  }
  const source = await openServer(place);
  await source.close();
  return source.secrets;
}

async function openServer({ url, hosts }: ServerPlace): Promise<OpenSource> {
  const log = await openServerStore({ url });
  const keys = await openServerKeyStore({ url });
  const close = (): Promise<void> => closeAll([log, keys]);
  try {
    const secrets = await readSharedSecrets(log);
    if (secrets === undefined) throw new CopyRefused(`there is no forum on ${hosts}: its nodes have shared no secrets`);
    return { log, keys, secrets, close };
  } catch (error) {
    await close();
    throw error;
  }
}
