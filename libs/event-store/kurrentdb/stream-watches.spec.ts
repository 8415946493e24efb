import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type KurrentDbServer, startKurrentDbServer } from '../../../test/kurrentdb-server/server.ts';
import { newEvents } from '../contract/new-events.ts';
import { newConnection } from './connect.ts';
import type { Connection } from './connection.ts';
import { type KurrentEventStore, openKurrentEventStore } from './event-store.ts';
import { KurrentStreamWatches } from './stream-watches.ts';

let dir: string;
let server: KurrentDbServer;
/** Another node's. */
let store: KurrentEventStore;
let connection: Connection;
let watches: KurrentStreamWatches;
let looks = 0;
/** Answers that have come are handed on when this resolves. */
let held: Promise<void>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'colloquy-watches-'));
  server = await startKurrentDbServer({ dir });
  store = await openKurrentEventStore({ url: server.url });
  connection = await newConnection({ url: server.url, callMs: 1_000 });
  looks = 0;
  held = Promise.resolve();
  watches = new KurrentStreamWatches({
    persist: (work) => connection.persist(work),
    read: async (begin, options) => {
      looks += 1;
      const found = await connection.read(begin, options);
      await held;
      return found;
    },
  });
  await begun();
});
afterEach(async () => {
  await store.close();
  await connection.close();
  await server.close();
  await rm(dir, { recursive: true });
});

/** The first look is under way until a watch can be taken. */
async function begun(): Promise<void> {
  while (!(await watches.watch('begun').isCurrent())) await new Promise((resolve) => setImmediate(resolve));
}

function watched(streams: readonly string[]): () => Promise<boolean[]> {
  const list = streams.map((stream) => watches.watch(stream));
  return () => Promise.all(list.map(async (watch) => watch.isCurrent()));
}

test('a stream that somebody added to is not as it was, all others are; those asked of in one turn cost one look', async () => {
  const current = watched(['a', 'b', 'c']);
  const before = looks;
  expect(await current()).toEqual([true, true, true]);
  await store.append('b', newEvents(2), 'no-stream');
  expect(await current()).toEqual([true, false, true]);
  expect(await watched(['a', 'b', 'c'])()).toEqual([true, true, true]);
  expect(looks - before).toBe(3);
});

test('what was acknowledged before one asks is seen, also when a look that began earlier is on its way still', async () => {
  const [early, late] = [watched(['a']), watched(['a'])];
  const { promise, resolve: handOn } = Promise.withResolvers<void>();
  held = promise;
  const before = looks;
  const answered = early();
  while (looks === before) await new Promise((resolve) => setImmediate(resolve));
  await store.append('a', newEvents(1), 'no-stream');
  const asked = late();
  while (looks === before + 1) await new Promise((resolve) => setImmediate(resolve));
  handOn();
  expect(await asked).toEqual([false]);
  await answered;
});

test('after more than one look goes through, every stream is read again, and then trusted again', async () => {
  const current = watched(['a', 'b']);
  await store.append('b', newEvents(120), 'no-stream');
  expect(await current()).toEqual([false, false]);
  await begun();
  expect(await watched(['a', 'b'])()).toEqual([true, true]);
});

test('another session may be with a node that is behind: what was read over the one before is not trusted', async () => {
  const current = watched(['a']);
  server.faults.set({ silent: true });
  const asked = current();
  while (connection.unanswered === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  server.faults.clear();
  expect(await asked).toEqual([false]);
  await begun();
  expect(await watched(['a'])()).toEqual([true]);
});

test('while nobody answers it is not guessed', async () => {
  const impatient = await newConnection({ url: server.url, callMs: 300, patienceMs: 300 });
  const own = new KurrentStreamWatches(impatient);
  while (!(await own.watch('a').isCurrent())) await new Promise((resolve) => setImmediate(resolve));
  const watch = own.watch('a');
  server.faults.set({ silent: true });
  await expect(watch.isCurrent()).rejects.toMatchObject({ name: 'StoreUnavailable' });
  server.faults.clear();
  expect(await watch.isCurrent()).toBe(false);
  await impatient.close();
});
