import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { describeEventStore, type OpenedLog } from '../contract/event-store.contract.ts';
import { newEvent, newEvents, newStream } from '../contract/new-events.ts';
import { all } from '../contract/opened-log.ts';
import { openSqliteEventReader, openSqliteEventStore, type SqliteEventStore } from './event-store.ts';

async function openSqlite(): Promise<OpenedLog & { store: SqliteEventStore; file: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'colloquy-log-'));
  const file = join(directory, 'log.db');
  const store = await openSqliteEventStore({ file, pollMs: 20 });
  return {
    store,
    file,
    another: () => openSqliteEventStore({ file, pollMs: 20 }),
    eventsRead: () => store.stats().eventsRead,
    held: () => store.stats().openSubscriptions,
    dispose: async () => {
      await store.close();
      await rm(directory, { recursive: true });
    },
  };
}

describeEventStore('SQLite', openSqlite);

describe('SQLite: the writer’s thread', () => {
  test('commits together what waits together', async () => {
    const { store, dispose } = await openSqlite();
    await Promise.all(Array.from({ length: 64 }, () => store.append(newStream(), newEvents(1), 'no-stream')));
    expect(store.stats()).toMatchObject({ appends: 64, commits: 1 });
    await dispose();
  });

  test('a filtered page that finds less than it may has read to the end', async () => {
    const { store, dispose } = await openSqlite();
    await store.append(newStream(), [newEvent({ type: 'PostWritten.v1' }), ...newEvents(30)], 'no-stream');
    const filter = { types: ['PostWritten.v1'] };
    for await (const batch of store.subscribe({ after: 0n, filter })) {
      expect([batch.events.length, batch.position, batch.caughtUp]).toEqual([1, 31n, true]);
      break;
    }
    await dispose();
  });

  test('each of many events read together has its own sealed part', async () => {
    const { store, dispose } = await openSqlite();
    const parts = [null, new Uint8Array(), Uint8Array.of(0), Uint8Array.of(0, 255, 44, 0), randomBytes(300)];
    const events = Array.from({ length: 400 }, (_, at) => newEvent({ sealed: parts[(at * at) % 7] ?? null }));
    await store.append(newStream(), events, 'no-stream');
    const sent = events.map(({ id, sealed }) => ({ id, sealed: sealed && Buffer.from(sealed) }));
    for await (const batch of store.subscribe({ after: 0n })) {
      expect(batch.events.map(({ id, sealed }) => ({ id, sealed }))).toEqual(sent);
      break;
    }
    await dispose();
  });

  test('of many events without one, each has none', async () => {
    const { store, dispose } = await openSqlite();
    await store.append(newStream(), newEvents(300), 'no-stream');
    for await (const batch of store.subscribe({ after: 0n })) {
      expect(batch.events.map(({ sealed }) => sealed)).toEqual(new Array(300).fill(null));
      break;
    }
    await dispose();
  });

  test('tells followers in other threads at once', async () => {
    const { store, file, dispose } = await openSqlite();
    const program = `import { parentPort, workerData } from 'node:worker_threads';
      const { openSqliteEventReader } = await import(workerData.module);
      const reader = openSqliteEventReader({ ...workerData, pollMs: 3_600_000 });
      for await (const batch of reader.subscribe({ after: 0n })) {
        parentPort.postMessage(batch.position);
        if (batch.position === 3n) break;
      }
      await reader.close();`;
    const module = new URL('./event-store.ts', import.meta.url).href;
    const workerData = { module, file, signal: store.commitSignal };
    const url = new URL(`data:text/javascript,${encodeURIComponent(program)}`);
    const follower = new Worker(url, { workerData, execArgv: [] });
    const ended = once(follower, 'exit');
    for (const position of [0n, 1n, 2n, 3n]) {
      if (position > 0n) await store.append(newStream(), newEvents(1), 'no-stream');
      expect(await once(follower, 'message')).toEqual([position]);
    }
    expect(await ended).toEqual([0]);
    await dispose();
  });

  test('lets the process end although the store was forgotten', async () => {
    const { store, file, dispose } = await openSqlite();
    await store.close();
    const module = new URL('./event-store.ts', import.meta.url).href;
    const program = `const { openSqliteEventStore } = await import(process.argv[1]);
      const store = await openSqliteEventStore({ file: process.argv[2] });
      await store.head();`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, module, file], { stdio: 'inherit' });
    expect(await once(child, 'exit')).toEqual([0, null]);
    await dispose();
  });
});

test('a filtered read of an altered log passes over a gap of any length, both ways', async () => {
  const { store, file, dispose } = await openSqlite();
  for (const stream of ['a', 'b', 'c']) await store.append(stream, newEvents(1), 'no-stream');
  await store.close();
  const db = new Database(file);
  db.exec('UPDATE events SET position = 4611686018427387904 WHERE position = 3');
  db.close();

  const reader = openSqliteEventReader({ file, torn: 'read' });
  const filter = { streamPrefixes: ['a', 'c'] };
  const read = (direction: 'forwards' | 'backwards') => all(reader.readAll({ filter, direction }));
  expect((await read('forwards')).map(({ stream }) => stream)).toEqual(['a', 'c']);
  expect((await read('backwards')).map(({ stream }) => stream)).toEqual(['c', 'a']);
  await reader.close();
  await dispose();
});

test.each([
  ['forwards', undefined],
  ['backwards', undefined],
  ['forwards', { types: ['CommentPosted.v1'] }],
  ['backwards', { streamPrefixes: ['comment-'] }],
] as const)(
  'a read in stretches (%s, %j) fetches no further than the event that fills one',
  async (direction, filter) => {
    const log = await openSqlite();
    try {
      const long = () => newEvent({ type: 'CommentPosted.v1', data: { text: 'long '.repeat(1_000) } });
      for (let n = 0; n < 8; n += 1) await log.store.append(newStream(), [long()], 'no-stream');
      const fetched: number[] = [];
      const before = log.store.stats().eventsRead;
      const read = log.store.readAll({ direction, stretchBytes: 8_000, ...(filter && { filter }) });
      for await (const _ of read) fetched.push(log.store.stats().eventsRead - before);
      expect(fetched).toEqual([2, 2, 4, 4, 6, 6, 8, 8]);
    } finally {
      await log.dispose();
    }
  },
);
