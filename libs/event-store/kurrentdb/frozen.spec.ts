import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type KurrentDbServer, startKurrentDbServer } from '../../../test/kurrentdb-server/server.ts';
import { type SpawnedServer, spawnKurrentDbServer } from '../../../test/kurrentdb-server/spawned-server.ts';
import { newEvents, newStream } from '../contract/new-events.ts';
import { all } from '../contract/opened-log.ts';
import { type KurrentEventStore, openKurrentEventStore } from './event-store.ts';

let dir: string;
let leader: SpawnedServer;
let next: { readonly host: string; readonly port: number };
let other: KurrentDbServer | undefined;
let store: KurrentEventStore;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'colloquy-frozen-'));
  leader = await spawnKurrentDbServer({ dir });
  next = { host: '127.0.0.1', port: await freePort() };
  const hosts = `127.0.0.1:${leader.port},127.0.0.1:${next.port}`;
  store = await openKurrentEventStore({ url: `kurrentdb://${hosts}?tls=false`, callMs: 2_000, silenceMs: 2_000 });
});

afterEach(async () => {
  await store.close();
  await leader.kill();
  await other?.close();
  other = undefined;
  await rm(dir, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a server on TCP has a port');
  return address.port;
}

test('a leader that freezes is left for the node that takes over, by writers and by who follows the log', async () => {
  const streams = [newStream(), newStream(), newStream()];
  const batches = store.subscribe({ after: 0n })[Symbol.asyncIterator]();
  await batches.next();
  await store.append(streams[0] ?? '', newEvents(2), 'no-stream');
  await batches.next();

  leader.freeze();
  other = await startKurrentDbServer({ dir, port: next.port });
  const heard = batches.next();
  const appended = await Promise.all(streams.slice(1).map((stream) => store.append(stream, newEvents(1), 'no-stream')));

  expect(appended.map(({ revision, repeated }) => [revision, repeated])).toEqual([
    [0n, false],
    [0n, false],
  ]);
  expect((await heard).value?.events.length).toBeGreaterThan(0);
  expect(await all(store.readAll())).toHaveLength(4);
  // Writers and readers each met the frozen node once, and never came back to it.
  expect(store.stats().unanswered).toBe(2);
  await batches.return?.();
});

test('a follower that still takes the frozen node for the leader is asked again, and not followed there', async () => {
  await store.append(newStream(), newEvents(1), 'no-stream');
  leader.freeze();
  other = await startKurrentDbServer({ dir, port: next.port });
  other.faults.set({ notLeader: { host: '127.0.0.1', port: leader.port } });
  const appending = store.append(newStream(), newEvents(1), 'no-stream');
  while (other.gossips() < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  other.faults.clear();
  expect(await appending).toMatchObject({ revision: 0n, repeated: false });
  expect(store.stats().unanswered).toBe(1);
});
