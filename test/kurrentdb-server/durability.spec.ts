import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { startKurrentDbServer } from './server.ts';
import { type SpawnedServer, spawnKurrentDbServer } from './spawned-server.ts';
import { all, thing } from './tried-server.ts';

const KILLS = 4;

describe('a server in a process of its own', () => {
  let dir: string;
  let server: SpawnedServer;
  let client: KurrentDBClient;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'colloquy-kurrentdb-server-'));
    server = await spawnKurrentDbServer({ dir });
    client = KurrentDBClient.connectionString(`${server.url}&defaultDeadline=2000`);
  });

  afterEach(async () => {
    await client.dispose();
    await server.kill();
    rmSync(dir, { recursive: true });
  });

  test(`has all that it acknowledged after ${KILLS} kills in the middle of appends`, async () => {
    const acknowledged: string[] = [];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const appends = Array.from({ length: 50 }, (_, n) => {
        const event = thing(n);
        return client.appendToStream(`post-${kill}`, event).then(() => acknowledged.push(event.id));
      });
      await Promise.any(appends);
      await server.kill();
      await Promise.allSettled(appends);
      await server.restart();
    }
    const again = KurrentDBClient.connectionString(server.url);
    const recorded = (await all(again.readAll())).map(({ event }) => event?.id);
    await again.dispose();
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS);
    expect(acknowledged.filter((id) => !recorded.includes(id))).toEqual([]);
    expect(new Set(recorded).size).toBe(recorded.length);
  });

  test('takes its switches over its control port', async () => {
    await server.setFaults({ readOnly: { host: '127.0.0.1', port: 1 } });
    await expect(client.appendToStream('post-1', thing(1))).rejects.toMatchObject({ type: 'not-leader' });
    await server.clearFaults();
    const another = KurrentDBClient.connectionString(server.url);
    await another.appendToStream('post-1', thing(1));
    expect(await all(another.readStream('post-1'))).toHaveLength(1);
    await another.dispose();
  });

  test('refuses a port that is taken', async () => {
    await expect(startKurrentDbServer({ dir: join(dir, 'second'), port: server.port })).rejects.toThrow('EADDRINUSE');
  });
});
