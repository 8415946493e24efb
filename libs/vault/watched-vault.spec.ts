import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newEvent } from '../event-store/contract/new-events.ts';
import { openSqliteEventStore, type SqliteEventStore } from '../event-store/index.ts';
import { ERASED, UNREADABLE } from '../kernel/index.ts';
import {
  DestructionUnrecorded,
  type ErasingVault,
  openSqliteVault,
  type UnreadableSeal,
  WatchedVault,
} from './index.ts';

const AT = { stream: 'comment-1', type: 'CommentPosted.v1', id: '0199a3b0-7c1e-8d52-9f04-6e2a11c5d703' };

let directory: string;
let store: SqliteEventStore;
let vault: ErasingVault;
let watched: WatchedVault;
let told: UnreadableSeal[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'colloquy-watched-'));
  store = await openSqliteEventStore({ file: join(directory, 'log.db') });
  vault = await openSqliteVault({ file: join(directory, 'vault.db') });
  told = [];
  watched = new WatchedVault(vault, store, (seal) => told.push(seal));
});

afterEach(async () => {
  await watched.close();
  await store.close();
  rmSync(directory, { recursive: true });
});

describe('a watched vault', () => {
  test('destroys a key only when an event says so, and what it sealed is erased then', async () => {
    const key = await watched.takeKey();
    const sealed = await watched.seal(key, { body: 'Words' }, AT);
    await expect(watched.destroy(key)).rejects.toThrow(new DestructionUnrecorded(key.id));
    expect(await watched.open(sealed, AT)).toEqual({ body: 'Words' });

    const data = { keyId: key.id, stream: AT.stream };
    await store.append(`key-${key.id}`, [newEvent({ type: 'KeyDestroyed.v1', data })], 'no-stream');
    await watched.destroy(key);
    expect([await watched.stateOf(key), await watched.open(sealed, AT)]).toEqual(['destroyed', ERASED]);
    expect(told).toEqual([]);
  });

  test('calls what a key without its event had sealed unreadable, and tells it once', async () => {
    const key = await watched.takeKey();
    const sealed = await watched.seal(key, { body: 'Words' }, AT);
    await vault.destroy(key);
    expect([await watched.open(sealed, AT), await watched.open(sealed, AT)]).toEqual([UNREADABLE, UNREADABLE]);
    expect(told).toEqual([{ at: AT, reason: 'its key was taken away: no event of the log destroyed it' }]);
  });

  test('seals with a fresh key what belongs to one that was taken away, and nothing where an event erased it', async () => {
    const [taken, erased] = [await watched.takeKey(), await watched.takeKey()];
    for (const key of [taken, erased]) await watched.seal(key, { body: 'Words' }, AT);
    const data = { keyId: erased.id, stream: AT.stream };
    await store.append(`key-${erased.id}`, [newEvent({ type: 'KeyDestroyed.v1', data })], 'no-stream');
    for (const key of [taken, erased]) await vault.destroy(key);
    const sealed = await watched.seal(taken, { note: 'Ruled' }, AT);
    expect(await watched.open(sealed, AT)).toEqual({ note: 'Ruled' });
    expect(watched.keyOf(sealed)).not.toEqual(taken);
    await expect(watched.seal(erased, { note: 'Ruled' }, AT)).rejects.toMatchObject({ name: 'KeyGone' });
  });

  test('destroys nothing while nobody knows what the log says', async () => {
    const key = await watched.takeKey();
    await store.close();
    await expect(watched.destroy(key)).rejects.toMatchObject({ name: 'StoreUnavailable' });
    expect(await vault.stateOf(key)).toBe('kept');
  });
});
