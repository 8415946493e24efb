import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { newEvent, newEvents, newStream } from '../../../libs/event-store/contract/new-events.ts';
import { openSqliteEventStore, type SqliteEventStore } from '../../../libs/event-store/index.ts';
import { ERASED } from '../../../libs/kernel/index.ts';
import {
  type DataKey,
  type ErasingVault,
  type KeyState,
  openSqliteKeyStore,
  openSqliteVault,
  sqliteVaultStandsAlone,
} from '../../../libs/vault/index.ts';
import { deleteKeyByHand, destroyKeyByHand } from '../../../test/support/keys-by-hand.ts';
import { copyByHand } from '../../../test/support/log-by-hand.ts';
import { logLines } from '../../../test/support/log-lines.ts';
import { BackupFault } from './backup-fault.ts';
import { checkFiles, checkLog } from './check-backup.ts';
import { factsOf } from './files.ts';
import { MANIFEST, type Manifest, manifestText, newManifest, readManifest } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';
import type { BackupStep } from './steps.ts';
import { type BackupOptions, writeBackup } from './write-backup.ts';

const AT = { stream: 'comment-1', type: 'CommentPosted.v1', id: '0199a3b0-7c1e-8d52-9f04-6e2a11c5d703' };

let place: string;
let dataDir: string;
let directory: string;
let store: SqliteEventStore;
let vault: ErasingVault;

beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'colloquy-backup-'));
  [dataDir, directory] = [join(place, 'data'), join(place, 'backup')];
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'secrets.json'), '{"secret": true}\n');
  store = await openSqliteEventStore({ file: join(dataDir, 'log.db') });
  vault = await openSqliteVault({ file: join(dataDir, 'vault.db'), poolSize: 16 });
});

afterEach(async () => {
  await store.close();
  await vault.close();
  rmSync(place, { recursive: true });
});

/** Appends an event that is sealed with the key, or with a fresh one. */
async function appendSealed(given?: DataKey): Promise<Uint8Array> {
  const sealed = await vault.seal(given ?? (await vault.takeKey()), { source: 'Xin chào' }, AT);
  await store.append(newStream(), [newEvent({ sealed })], 'no-stream');
  return sealed;
}

function backUp(more: Partial<BackupOptions> = {}): Promise<Manifest> {
  const createdAt = '2026-11-24T08:00:00.000Z';
  return writeBackup({ source: { kind: 'sqlite', dataDir }, directory, createdAt, colloquy: '0.1.0', ...more });
}

/** Does something once, between the moment of the first file and that of the second. */
function between(work: () => void): NonNullable<BackupOptions['onProgress']> {
  let done = false;
  return (step: BackupStep, copied, all) => {
    if (done || step !== 'copying' || copied < all) return;
    done = true;
    work();
  };
}

function inVault(work: (db: Database.Database) => void): void {
  const db = new Database(join(dataDir, 'vault.db'));
  work(db);
  db.close();
}

function inFile(name: string, sql: string, ...values: unknown[]): void {
  const db = new Database(join(dataDir, name));
  db.prepare(sql).run(...values);
  db.close();
}

function inLog(work: (db: Database.Database) => void): void {
  const db = new Database(join(dataDir, 'log.db'));
  work(db);
  db.close();
}

/** An event that says that a key was destroyed, at the log's next position. */
function record(keyId: string, position: number): void {
  const [stream, data] = [`key-${keyId}`, { keyId, stream: 'comment-1' }];
  const event = { position: BigInt(position), stream, revision: 0n, type: 'KeyDestroyed.v1', data, sealed: null };
  inLog((db) => copyByHand(db, 1, { ...event, causationId: null }));
}

/** Makes the manifest fit the backup's files, as those of an earlier program do. */
async function fitManifest(): Promise<void> {
  const manifest = readManifest(directory);
  const files = { ...manifest.files, 'vault.db': await factsOf(join(directory, 'vault.db')) };
  writeFileSync(join(directory, MANIFEST), manifestText(newManifest({ ...manifest, files })));
}

async function stateIn(place: string, { id }: DataKey): Promise<KeyState> {
  const keys = openSqliteKeyStore({ file: join(place, 'vault.db'), readOnly: true });
  try {
    return await keys.stateOf(id);
  } finally {
    await keys.close();
  }
}

async function openedFromBackup(sealed: Uint8Array): Promise<unknown> {
  const copy = await openSqliteVault({ file: join(directory, 'vault.db') });
  try {
    return await copy.open(sealed, AT);
  } finally {
    await copy.close();
  }
}

describe('a backup', () => {
  test('says of itself what it holds', async () => {
    await appendSealed();
    await store.append(newStream(), newEvents(2), 'no-stream');
    const manifest = await backUp();
    expect(manifest).toEqual({
      format: 1,
      createdAt: '2026-11-24T08:00:00.000Z',
      colloquy: '0.1.0',
      source: { kind: 'sqlite', position: '3' },
      log: { events: 3, position: '3', digest: expect.stringMatching(/^[0-9a-f]{64}$/), unreadable: 0 },
      files: {
        'log.db': { bytes: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        'vault.db': { bytes: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        'secrets.json': { bytes: 17, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      },
    });
    expect(readManifest(directory)).toEqual(manifest);
    expect(await logLines(directory)).toEqual(await logLines(dataDir));
    expect(readFileSync(join(directory, 'secrets.json'), 'utf8')).toBe('{"secret": true}\n');
  });

  test('has the key of each of its events, also of those that come while it is made', async () => {
    await appendSealed();
    const keyId = Buffer.alloc(16, 1);
    const sealed = Buffer.concat([Buffer.of(1), keyId, Buffer.alloc(40, 3)]);
    const onProgress = between(() => {
      inFile('vault.db', 'INSERT INTO keys (id, key) VALUES (?, ?)', keyId, Buffer.alloc(32, 4));
      inLog((db) => copyByHand(db, 1, { position: 2n, stream: 'comment-2', revision: 0n, sealed }));
    });
    const { log } = await backUp({ onProgress });
    expect(log).toMatchObject({ events: 2, unreadable: 0 });
    expect(await logLines(dataDir)).toHaveLength(2);
  });

  test('holds as erased what its log says was erased while it is made', async () => {
    const [early, recorded] = [await vault.takeKey(), await vault.takeKey()];
    const sealed = [await appendSealed(early), await appendSealed(recorded)];
    const onProgress = between(() => {
      record(early.id, 3);
      inVault((db) => destroyKeyByHand(db, early.id));
      record(recorded.id, 4);
    });
    expect((await backUp({ onProgress })).log).toMatchObject({ events: 4, unreadable: 0 });
    expect(await Promise.all(sealed.map(openedFromBackup))).toEqual([ERASED, ERASED]);
  });

  test('has the event of each key that it holds as destroyed, also of one that was made and destroyed meanwhile', async () => {
    await appendSealed();
    const late = randomBytes(16);
    let files = 0;
    const onProgress: BackupOptions['onProgress'] = (step, copied, all) => {
      if (step !== 'copying' || copied < all) return;
      files += 1;
      if (files !== 2) return;
      record(late.toString('hex'), 2);
      inFile('vault.db', 'INSERT INTO keys (id, key) VALUES (?, ?)', late, Buffer.alloc(32));
    };
    expect((await backUp({ onProgress })).log).toMatchObject({ events: 2, unreadable: 0 });
    expect(files).toBe(3);
  });

  test('is restored without a key that its log says is destroyed, though its vault has it', async () => {
    const key = await vault.takeKey();
    await appendSealed(key);
    record(key.id, 2);
    await backUp();
    await vault.close();
    copyFileSync(join(dataDir, 'vault.db'), join(directory, 'vault.db'));
    sqliteVaultStandsAlone(join(directory, 'vault.db'));
    await fitManifest();
    expect(await stateIn(directory, key)).toBe('kept');
    const restored = join(place, 'restored');
    mkdirSync(restored);
    await restoreBackup({ backup: directory, dataDir: restored, lock: () => () => undefined });
    expect(await stateIn(restored, key)).toBe('destroyed');
  });

  test('is made of a forum that lacks a key too, and counts what that key had sealed', async () => {
    const key = await vault.takeKey();
    await appendSealed(key);
    const readable = await appendSealed();
    inVault((db) => deleteKeyByHand(db, key.id));
    const { log } = await backUp();
    expect(log).toMatchObject({ events: 2, unreadable: 1 });
    expect(await openedFromBackup(readable)).toEqual({ source: 'Xin chào' });
  });

  test('is not made of a log with a gap', async () => {
    for (let event = 0; event < 3; event += 1) await appendSealed();
    inFile('log.db', 'DELETE FROM events WHERE position = 2');
    await expect(backUp()).rejects.toThrow(/log\.db: position 3 stands where 2 should/);
    expect(readdirSync(place)).toEqual(['data']);
  });

  test('ends when it is told to, and leaves nothing', async () => {
    await appendSealed();
    const stop = new AbortController();
    const onProgress = (step: BackupStep): void => {
      if (step === 'checking') stop.abort(new Error('stopped'));
    };
    await appendSealed();
    await expect(backUp({ onProgress, signal: stop.signal })).rejects.toThrow('stopped');
    expect(readdirSync(place)).toEqual(['data']);
  });

  test('never takes the place of another one that was made at the same time', async () => {
    await appendSealed();
    const both = await Promise.allSettled([backUp(), backUp()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(BackupFault) });
    expect(readdirSync(place).sort()).toEqual(['backup', 'data']);
  });

  test('is checked to the last event: files that fit the manifest are not enough', async () => {
    await appendSealed();
    const manifest = await backUp();
    expect(await checkFiles(directory)).toEqual(manifest);
    await checkLog(directory, manifest.log, {});
    for (const wrong of [{ events: 2 }, { position: '2' }, { digest: '0'.repeat(64) }, { unreadable: 1 }]) {
      const check = checkLog(directory, { ...manifest.log, ...wrong }, {});
      await expect(check).rejects.toThrow(/log\.db does not hold what was backed up/);
    }
  });
});
