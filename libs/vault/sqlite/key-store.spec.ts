import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ERASED } from '../../kernel/index.ts';
import { type KeyStore, OtherKey, type StoredKey } from '../keys.ts';
import type { ErasingVault } from '../port.ts';
import { copySqliteVault, openSqliteKeyStore } from './key-store.ts';
import { openSqliteVault } from './vault.ts';

const AT = { stream: 'a', type: 'b', id: '11111111-1111-4111-8111-111111111111' };

let directory: string;
let file: string;
let other: string;
let vault: ErasingVault;
const open: KeyStore[] = [];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'colloquy-keys-'));
  file = join(directory, 'vault.db');
  other = join(directory, 'other.db');
  vault = await openSqliteVault({ file, poolSize: 1_200 });
});

afterEach(async () => {
  for (const keys of open.splice(0)) await keys.close();
  await vault.close();
  rmSync(directory, { recursive: true });
});

function keysIn(at: string, readOnly = false): KeyStore {
  const keys = openSqliteKeyStore({ file: at, readOnly });
  open.push(keys);
  return keys;
}

async function all(keys: KeyStore): Promise<StoredKey[]> {
  const list: StoredKey[] = [];
  for await (const batch of keys.all()) list.push(...batch);
  return list.map(({ id, key }) => ({ id, key: key === null ? null : Buffer.from(key) }));
}

describe('the keys of a vault', () => {
  test('are all given, in batches, destroyed ones too, and are known by their state', async () => {
    const [one, two] = [await vault.takeKey(), await vault.takeKey()];
    await vault.destroy(two);
    const keys = keysIn(file, true);
    const given = await all(keys);
    expect(given).toHaveLength(1_200);
    expect(new Set(given.map(({ id }) => id)).size).toBe(1_200);
    expect(given.filter(({ key }) => key === null)).toEqual([{ id: two.id, key: null }]);
    expect(given.find(({ id }) => id === one.id)?.key).toHaveLength(32);
    const states = await Promise.all([one.id, two.id, 'f'.repeat(32)].map((id) => keys.stateOf(id)));
    expect(states).toEqual(['kept', 'destroyed', 'unknown']);
  });

  test('brought to another vault open there what they sealed; what was destroyed is told as destroyed', async () => {
    const [one, two] = [await vault.takeKey(), await vault.takeKey()];
    const sealed = [await vault.seal(one, { name: 'Linh' }, AT), await vault.seal(two, { name: 'Ana' }, AT)];
    await vault.destroy(two);
    const target = keysIn(other);
    for (let repeat = 0; repeat < 2; repeat += 1) {
      for await (const batch of keysIn(file, true).all()) await target.add(batch);
    }
    expect(await all(target)).toEqual(await all(keysIn(file, true)));
    expect(statSync(other).mode & 0o777).toBe(0o600);
    const copy = await openSqliteVault({ file: other });
    expect(await Promise.all(sealed.map((bytes) => copy.open(bytes, AT)))).toEqual([{ name: 'Linh' }, ERASED]);
    await copy.close();
  });

  test('are destroyed there too when they were destroyed since, without a trace, and never come back', async () => {
    const key = await vault.takeKey();
    const target = keysIn(other);
    for await (const batch of keysIn(file, true).all()) await target.add(batch);
    const before = (await all(target)).find(({ id }) => id === key.id);
    if (before === undefined || before.key === null) throw new Error('the key did not come');
    expect(filesWith(Buffer.from(before.key), 'other.db')).not.toEqual([]);

    await target.add([{ id: key.id, key: null }]);
    await target.add([before]);

    expect(await target.stateOf(key.id)).toBe('destroyed');
    expect(filesWith(Buffer.from(before.key), 'other.db')).toEqual([]);
  });

  test('of another forum under the same id are refused, and their batch with them', async () => {
    const key = await vault.takeKey();
    const target = keysIn(file);
    const fresh = { id: '0'.repeat(32), key: Buffer.alloc(32, 7) };
    await expect(target.add([fresh, { id: key.id, key: Buffer.alloc(32, 7) }])).rejects.toBeInstanceOf(OtherKey);
    expect([await target.stateOf(key.id), await target.stateOf(fresh.id)]).toEqual(['kept', 'unknown']);
  });

  test('open several seals together as each by itself', async () => {
    const [one, two] = [await vault.takeKey(), await vault.takeKey()];
    const sealed = [await vault.seal(one, { name: 'Linh' }, AT), await vault.seal(two, { name: 'Ana' }, AT)];
    await vault.destroy(two);
    const keys = keysIn(file, true);
    const strange = Buffer.concat([...sealed.slice(0, 1), Buffer.of(0)]);
    const opening = keys.together?.(() => [...sealed, strange].map((bytes) => keys.open(bytes, AT))) ?? [];
    const opened = await Promise.allSettled(opening);
    expect(opened.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(await Promise.all(opening.slice(0, 2))).toEqual([{ name: 'Linh' }, ERASED]);
  });

  test('are copied with their file', async () => {
    await vault.destroy(await vault.takeKey());
    await copySqliteVault(file, other, () => undefined);
    expect(await all(keysIn(other, true))).toEqual(await all(keysIn(file, true)));
    expect(statSync(other).mode & 0o777).toBe(0o600);
  });
});

function filesWith(bytes: Buffer, prefix: string): string[] {
  return readdirSync(directory).filter(
    (name) => name.startsWith(prefix) && readFileSync(join(directory, name)).includes(bytes),
  );
}
