import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type KurrentDbServer, startKurrentDbServer } from '../../../test/kurrentdb-server/server.ts';
import { ERASED } from '../../kernel/index.ts';
import type { KeyStore, StoredKey } from '../keys.ts';
import { openKurrentKeyStore } from './key-store.ts';
import { KeyStreams } from './key-streams.ts';
import { openKurrentVault } from './vault.ts';

const AT = { stream: 'a', type: 'b', id: '11111111-1111-4111-8111-111111111111' };

let dir: string;
let server: KurrentDbServer;
let keys: KeyStore;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'colloquy-keys-'));
  server = await startKurrentDbServer({ dir });
  keys = await openKurrentKeyStore({ url: server.url });
});

afterEach(async () => {
  await keys.close();
  await server.close();
  await rm(dir, { recursive: true });
});

const newKey = () => ({ id: randomBytes(16).toString('hex'), key: randomBytes(32) });
const newKeys = (count: number) => Array.from({ length: count }, newKey);

async function all(): Promise<StoredKey[]> {
  const list: StoredKey[] = [];
  for await (const batch of keys.all()) list.push(...batch);
  return list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const sorted = (list: readonly StoredKey[]): StoredKey[] => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));

describe('the keys of a vault on KurrentDB', () => {
  test('are brought once, also when they are brought again, and given page by page', async () => {
    const brought = newKeys(1_200);
    await keys.add(brought);
    await keys.add(brought.slice(0, 40));
    expect(await all()).toEqual(sorted(brought));
  }, 120_000);

  test('are given as destroyed, each once, and destroyed ones never come back', async () => {
    const [one, two, never] = [newKey(), newKey(), newKey()];
    await keys.add([one, two]);
    await keys.add([
      { id: two.id, key: null },
      { id: never.id, key: null },
    ]);
    await keys.add([two, never]);
    const ids = [one.id, two.id, never.id, 'f'.repeat(32)];
    const states = await Promise.all(ids.map((id) => keys.stateOf(id)));
    expect(states).toEqual(['kept', 'destroyed', 'destroyed', 'unknown']);
    expect(await all()).toEqual(sorted([one, { id: two.id, key: null }, { id: never.id, key: null }]));
  });

  test('are those that the vault seals with', async () => {
    const [key, gone] = [newKey(), newKey()];
    await keys.add([key, gone]);
    const vault = await openKurrentVault({ url: server.url, cacheFile: join(dir, 'cache.db') });
    const sealed = await Promise.all([key, gone].map((each) => vault.seal(each, { name: 'Linh' }, AT)));
    await keys.add([{ id: gone.id, key: null }]);
    const opened = await Promise.all(sealed.map((bytes) => vault.open(bytes, AT)));
    expect(opened).toEqual([{ name: 'Linh' }, ERASED]);
    const own = await vault.takeKey();
    expect(await keys.stateOf(own.id)).toBe('kept');
    await vault.close();
  });

  test('are asked for at once by who opens all seals, and one by one when they came since', async () => {
    const [kept, gone, late] = [newKey(), newKey(), newKey()];
    await keys.add([...newKeys(1_100), kept, gone]);
    const vault = await openKurrentVault({ url: server.url, cacheFile: join(dir, 'cache.db') });
    const sealed = await Promise.all([kept, gone].map((key) => vault.seal(key, { id: key.id }, AT)));
    await keys.add([{ id: gone.id, key: null }]);
    const finding = jest.spyOn(KeyStreams.prototype, 'find');
    for (let time = 0; time < 50; time += 1) {
      const opened = await Promise.all(sealed.map((bytes) => keys.open(bytes, AT)));
      expect(opened).toEqual([{ id: kept.id }, ERASED]);
    }
    expect(await keys.stateOf(gone.id)).toBe('destroyed');
    expect(finding).not.toHaveBeenCalled();
    await keys.add([late]);
    expect(await keys.open(await vault.seal(late, { id: late.id }, AT), AT)).toEqual({ id: late.id });
    await keys.add([{ id: kept.id, key: null }]);
    expect(await keys.stateOf(kept.id)).toBe('destroyed');
    finding.mockRestore();
    await vault.close();
  }, 120_000);

  test('are read anew after the database was away as they were asked for', async () => {
    const key = newKey();
    await keys.add([key]);
    const vault = await openKurrentVault({ url: server.url, cacheFile: join(dir, 'cache.db') });
    const sealed = await vault.seal(key, { name: 'Linh' }, AT);
    await vault.close();
    const reading = jest.spyOn(KeyStreams.prototype, 'since').mockRejectedValueOnce(new Error('away'));
    await expect(keys.open(sealed, AT)).rejects.toThrow('away');
    reading.mockRestore();
    expect(await keys.open(sealed, AT)).toEqual({ name: 'Linh' });
  });
});
