import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type KurrentDbServer, startKurrentDbServer } from '../../../test/kurrentdb-server/server.ts';
import { newEvents, newStream } from '../contract/new-events.ts';
import { all } from '../contract/opened-log.ts';
import type { EventStore, NewEvent } from '../port.ts';
import { type KurrentEventStore, type KurrentEventStoreOptions, openKurrentEventStore } from './event-store.ts';

jest.setTimeout(60_000);

let dir: string;
let server: KurrentDbServer;
let store: KurrentEventStore;
const troubles: string[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'colloquy-kurrentdb-'));
  server = await startKurrentDbServer({ dir });
  store = await open();
});

afterEach(async () => {
  server.faults.clear();
  await store.close();
  await server.close();
  await rm(dir, { recursive: true });
  troubles.length = 0;
});

function open(options: Partial<KurrentEventStoreOptions> = {}): Promise<KurrentEventStore> {
  const onTrouble = (reason: string): void => void troubles.push(reason);
  return openKurrentEventStore({
    url: server.url,
    callMs: 1_000,
    patienceMs: 40_000,
    silenceMs: 200,
    onTrouble,
    ...options,
  });
}

/** Stops the server with all its connections, and starts it at the same place with everything it had recorded. */
async function restart(): Promise<void> {
  const { port } = server;
  await server.close();
  server = await startKurrentDbServer({ dir, port });
}

describe('a server that is silent', () => {
  test('ends no call later than the patience lasts, and what was sent is recorded once when it speaks again', async () => {
    const impatient = await open({ callMs: 200, patienceMs: 400 });
    const [stream, events] = [newStream(), newEvents(2)];
    server.faults.set({ silent: true });

    const unreachable = { name: 'StoreUnavailable', reason: 'unreachable' };
    await expect(impatient.append(stream, events, 'no-stream')).rejects.toMatchObject(unreachable);
    await expect(impatient.head()).rejects.toMatchObject(unreachable);
    await expect(all(impatient.readStream(stream))).rejects.toMatchObject(unreachable);
    await expect(all(impatient.readAll())).rejects.toMatchObject(unreachable);

    server.faults.clear();
    expect(await impatient.append(stream, events, 'no-stream')).toMatchObject({ revision: 1n });
    await onlyThese(impatient, events);
    await impatient.close();
  });

  test('is waited for by an append that began meanwhile', async () => {
    const [stream, events] = [newStream(), newEvents(2)];
    const patient = await open({ callMs: 200 });
    server.faults.set({ silent: true });
    const appending = patient.append(stream, events, 'no-stream');
    await expect((await open({ callMs: 200, patienceMs: 0 })).head()).rejects.toMatchObject({ reason: 'unreachable' });
    server.faults.clear();
    expect(await appending).toMatchObject({ revision: 1n, repeated: false });
    await onlyThese(patient, events);
    await patient.close();
  });

  test('is followed again when it speaks', async () => {
    await seesAll(async () => {
      server.faults.set({ silent: true });
      await troubled();
      server.faults.clear();
    });
  });
});

describe('a batch stream that ends', () => {
  test.each([
    { end: 'clean', recorded: true },
    { end: 'clean', recorded: false },
    { end: 'error', recorded: true },
    { end: 'error', recorded: false },
  ] as const)('without an answer ($end, recorded: $recorded) leaves each append recorded once', async (fault) => {
    await store.append(newStream(), newEvents(1), 'no-stream');
    server.faults.set({ batchStream: { ...fault, times: 1 } });
    const appends = Array.from({ length: 4 }, () => ({ stream: newStream(), events: newEvents(2) }));
    const answers = await Promise.all(appends.map(({ stream, events }) => store.append(stream, events, 'no-stream')));
    expect(answers.map(({ revision, repeated }) => [revision, repeated])).toEqual(appends.map(() => [1n, false]));
    for (const { stream, events } of appends) {
      expect((await all(store.readStream(stream))).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    }
    expect(await all(store.readAll())).toHaveLength(9);
  });
});

describe('a server that restarts in the middle of an append', () => {
  test('has recorded it, and says so when it is asked again: once, and not as a repeat', async () => {
    const [stream, events] = [newStream(), newEvents(3)];
    server.faults.set({ acknowledge: { afterMs: 'never' } });
    const appending = store.append(stream, events, 'no-stream');
    await recorded(3);
    await restart();
    const answer = await appending;
    await onlyThese(store, events);
    expect(answer).toEqual({ position: await store.head(), revision: 2n, repeated: false });
  });

  test('lets another append in between, and both stand where they were expected', async () => {
    const [stream, one, two] = [newStream(), newEvents(1), newEvents(1)];
    server.faults.set({ acknowledge: { afterMs: 'never', times: 1 } });
    const appending = store.append(stream, one, 'no-stream');
    await recorded(1);
    const other = await open();
    expect(await other.append(stream, two, 0n)).toMatchObject({ revision: 1n, repeated: false });
    expect(await appending).toMatchObject({ revision: 0n, repeated: false });
    await onlyThese(store, [...one, ...two]);
    await other.close();
  });
});

describe('a subscription of the server', () => {
  test.each(['clean', 'error', 'silence'] as const)(
    'that ends (%s) is begun again, and nobody notices',
    async (end) => {
      await seesAll(async () => {
        server.faults.set({ subscriptions: { end, afterEvents: 3, times: 1 } });
        while (troubles.length === 0) await store.append(newStream(), newEvents(2), 'no-stream');
      });
    },
  );

  test('that is cut with its connection is begun again', async () => {
    await seesAll(async () => {
      await restart();
      while (troubles.length === 0) await store.append(newStream(), newEvents(2), 'no-stream');
    });
  });

  test.each(['twice', 'older-again'] as const)('that delivers events %s gives each once', async (deliveries) => {
    server.faults.set({ deliveries });
    await seesAll(async () => {
      for (let index = 0; index < 3; index += 1) await store.append(newStream(), newEvents(2), 'no-stream');
    });
  });
});

describe('a server that is not there', () => {
  test('at the start is waited for: appends, reads and subscriptions begin when it comes', async () => {
    const { port } = server;
    await server.close();
    const early = await open();
    const stream = newStream();
    const events = newEvents(2);
    const appending = early.append(stream, events, 'no-stream');
    const batches = early.subscribe({ after: 0n })[Symbol.asyncIterator]();
    const first = batches.next();
    await troubled();
    server = await startKurrentDbServer({ dir, port });
    expect(await appending).toMatchObject({ revision: 1n, repeated: false });
    expect((await first).done).toBe(false);
    await batches.return?.();
    await onlyThese(early, events);
    await early.close();
  });

  test('is named in the message, without user and password', async () => {
    const { port } = server;
    await server.close();
    const url = `kurrentdb://eve:hush-hush@127.0.0.1:${port}?tls=false`;
    const impatient = await openKurrentEventStore({ url, callMs: 500, patienceMs: 0 });
    const failure = await impatient.append(newStream(), newEvents(1), 'no-stream').catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'StoreUnavailable',
      reason: 'unreachable',
      message: expect.stringMatching(
        new RegExp(`^the log at 127\\.0\\.0\\.1:${port} cannot be reached .*EVENT_STORE_URL`),
      ),
    });
    expect(String(failure)).not.toMatch(/eve|hush/);
    await impatient.close();
    server = await startKurrentDbServer({ dir, port });
  });
});

/** The log holds exactly these events. */
async function onlyThese(log: EventStore, events: readonly NewEvent[]): Promise<void> {
  expect((await all(log.readAll())).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
}

/** Resolves when the server has recorded so many events, whatever it answers. */
async function recorded(count: number): Promise<void> {
  const witness = await open();
  while ((await all(witness.readAll())).length < count);
  await witness.close();
}

/** Resolves when the store has noticed that something went wrong. */
async function troubled(): Promise<void> {
  while (troubles.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** A follower meets every event once and in order although this happens in the middle. */
async function seesAll(happens: () => Promise<void>): Promise<void> {
  const seen: string[] = [];
  const stop = new AbortController();
  const caughtUp = Promise.withResolvers<void>();
  let at = 0n;
  let last: bigint | undefined;
  const stopAtEnd = (): void => {
    if (last !== undefined && at >= last) stop.abort();
  };
  const follow = async (): Promise<void> => {
    for await (const batch of store.subscribe({ after: 0n, signal: stop.signal })) {
      seen.push(...batch.events.map(({ id }) => id));
      at = batch.position;
      if (batch.caughtUp) caughtUp.resolve();
      stopAtEnd();
    }
  };
  await store.append(newStream(), newEvents(2), 'no-stream');
  const following = follow();
  await caughtUp.promise;
  await store.append(newStream(), newEvents(1), 'no-stream');
  await happens();
  last = (await store.append(newStream(), newEvents(2), 'no-stream')).position;
  stopAtEnd();
  await following;
  expect(seen).toEqual((await all(store.readAll())).map(({ id }) => id));
}
