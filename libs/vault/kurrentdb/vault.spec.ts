import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type KurrentDbServer, startKurrentDbServer } from '../../../test/kurrentdb-server/server.ts';
import { newConnection } from '../../event-store/kurrentdb/connect.ts';
import { SideStreams } from '../../event-store/kurrentdb/side-streams.ts';
import { StoreUnavailable } from '../../event-store/port.ts';
import { ERASED } from '../../kernel/index.ts';
import { describeVault, type OpenedVault } from '../contract/vault.contract.ts';
import type { ErasingVault } from '../port.ts';
import { KeyStreams } from './key-streams.ts';
import { openKurrentVault } from './vault.ts';

const AT = { stream: 'a', type: 'b', id: '11111111-1111-4111-8111-111111111111' };

jest.setTimeout(60_000);

describeVault('KurrentDB vault', async (): Promise<OpenedVault> => {
  const dir = await mkdtemp(join(tmpdir(), 'colloquy-vault-'));
  const server = await startKurrentDbServer({ dir });
  let clients = 0;
  const open = (): ReturnType<typeof openKurrentVault> => {
    clients += 1;
    return openKurrentVault({ url: server.url, cacheFile: join(dir, `keys-${clients}.db`) });
  };
  const vault = await open();
  return {
    vault,
    another: open,
    dispose: async () => {
      await vault.close();
      await server.close();
      await rm(dir, { recursive: true });
    },
  };
});

describe('KurrentDB vault: while the database is away', () => {
  let dir: string;
  let server: KurrentDbServer;
  let vault: ErasingVault;
  const open = (name: string): Promise<ErasingVault> =>
    openKurrentVault({
      url: server.url,
      cacheFile: join(dir, `${name}.db`),
      callMs: 500,
      patienceMs: 500,
      supplySize: 4,
    });

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'colloquy-vault-'));
    server = await startKurrentDbServer({ dir });
    vault = await open('one');
  });

  afterEach(async () => {
    await vault.close();
    await server.close();
    await rm(dir, { recursive: true });
  });

  async function away(work: () => Promise<void>): Promise<void> {
    const { port } = server;
    await server.close();
    await work();
    server = await startKurrentDbServer({ dir, port });
  }

  /** A connection looks for a server that came back at growing intervals: any answer but `unreachable` is the answer. */
  async function reached<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || error.reason !== 'unreachable') throw error;
      }
    }
  }

  const unreachable = { name: 'StoreUnavailable', reason: 'unreachable' };

  test('what was sealed and opened here can be opened on; keys are there until none is left', async () => {
    const sealed = await vault.seal(await vault.takeKey(), { source: 'x' }, AT);
    expect(await vault.open(sealed, AT)).toEqual({ source: 'x' });
    await away(async () => {
      expect(await vault.open(sealed, AT)).toEqual({ source: 'x' });
      const taken: unknown[] = [];
      await expect(
        (async () => {
          for (;;) taken.push(await vault.takeKey());
        })(),
      ).rejects.toMatchObject(unreachable);
      expect(taken.length).toBeGreaterThan(0);
      await expect(vault.destroy(vault.keyOf(sealed))).rejects.toMatchObject(unreachable);
    });
    await reached(() => vault.destroy(vault.keyOf(sealed)));
    expect(await vault.open(sealed, AT)).toBe(ERASED);
  });

  test('a key that is not known here is not taken for one that was destroyed, or that never was', async () => {
    const other = await open('two');
    const sealed = await vault.seal(await vault.takeKey(), { source: 'x' }, AT);
    await away(async () => {
      await expect(other.open(sealed, AT)).rejects.toMatchObject(unreachable);
    });
    expect(await reached(() => other.open(sealed, AT))).toEqual({ source: 'x' });
    await other.close();
  });

  test('an erasure elsewhere empties the copy of a node that comes back', async () => {
    const sealed = await vault.seal(await vault.takeKey(), { source: 'x' }, AT);
    const key = await keyOf(sealed);
    expect(await vault.open(sealed, AT)).toEqual({ source: 'x' });
    await vault.close();
    expect(await copyHolds(key)).toBe(true);

    const other = await open('two');
    await other.destroy(other.keyOf(sealed));
    await other.close();
    vault = await open('one');
    expect(await vault.open(sealed, AT)).toBe(ERASED);
    await vault.close();
    expect(await copyHolds(key)).toBe(false);
  });

  /** The key's bytes, as the database has them. */
  async function keyOf(sealed: Uint8Array): Promise<Buffer> {
    const streams = new KeyStreams(new SideStreams(await newConnection({ url: server.url })));
    const found = await streams.find(Buffer.from(sealed.subarray(1, 17)));
    if (typeof found === 'string') throw new Error(`the key is ${found}`);
    return found;
  }

  async function copyHolds(key: Buffer): Promise<boolean> {
    const names = (await readdir(dir)).filter((name) => name.startsWith('one.db'));
    const files = await Promise.all(names.map((name) => readFile(join(dir, name))));
    return files.some((bytes) => bytes.includes(key));
  }
});
