import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type KurrentDbServer, startKurrentDbServer } from '../../../test/kurrentdb-server/server.ts';
import { describeEventStore, type OpenedLog } from '../contract/event-store.contract.ts';
import { newEvent, newEvents, newStream } from '../contract/new-events.ts';
import { all } from '../contract/opened-log.ts';
import type { EventBatch } from '../port.ts';
import { newConnection } from './connect.ts';
import { type KurrentEventStoreOptions, openKurrentEventStore } from './event-store.ts';
import { SideStreams } from './side-streams.ts';

type Started = { readonly server: KurrentDbServer; readonly end: () => Promise<void> };

async function startServer(
  options: { tls?: boolean; credentials?: { username: string; password: string } } = {},
): Promise<Started> {
  const dir = await mkdtemp(join(tmpdir(), 'colloquy-kurrentdb-'));
  const server = await startKurrentDbServer({ dir, ...options });
  const end = async (): Promise<void> => {
    await server.close();
    await rm(dir, { recursive: true });
  };
  return { server, end };
}

async function opened(options: KurrentEventStoreOptions, end: () => Promise<void>): Promise<OpenedLog> {
  const store = await openKurrentEventStore(options);
  return {
    store,
    another: () => openKurrentEventStore(options),
    eventsRead: () => store.stats().eventsRead,
    held: () => store.stats().openSubscriptions,
    dispose: async () => {
      await store.close();
      await end();
    },
  };
}

describeEventStore('KurrentDB protocol', async () => {
  const { server, end } = await startServer();
  return opened({ url: server.url }, end);
});

/** A server that holds something else already: each test has the log that begins where the one before ended. */
async function openAtEnd(url: string): Promise<OpenedLog> {
  const connection = await newConnection({ url });
  const begins = await new SideStreams(connection).end();
  await connection.close();
  return opened({ url, begins }, () => Promise.resolve());
}

const { KURRENTDB_URL } = process.env;
if (KURRENTDB_URL !== undefined) describeEventStore('KurrentDB at KURRENTDB_URL', () => openAtEnd(KURRENTDB_URL));

describe('KurrentDB: what is the log', () => {
  test('streams beside it are not, and move no position', async () => {
    const { server, end } = await startServer();
    const { store, dispose } = await opened({ url: server.url }, end);
    const events = newEvents(2);
    const { position } = await store.append(newStream(), events, 'no-stream');
    for (const stream of ['vault-1', 'node-1']) await store.append(stream, newEvents(3), 'no-stream');

    expect(await store.head()).toBe(position);
    expect((await all(store.readAll())).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    for (const filter of [{}, { types: ['CommentPosted.v1'] }, { streamPrefixes: ['v', ''] }]) {
      for await (const batch of store.subscribe({ after: 0n, filter })) {
        expect([batch.events.length, batch.position, batch.caughtUp]).toEqual([2, position, true]);
        break;
      }
    }
    await dispose();
  });

  test('an event reads the same whether it was followed or read: its time too', async () => {
    const { server, end } = await startServer();
    const { store, dispose } = await opened({ url: server.url }, end);
    const batches = store.subscribe({ after: 0n })[Symbol.asyncIterator]();
    await batches.next();
    const waiting = batches.next();
    await store.append(newStream(), [newEvent({ sealed: Uint8Array.of(1), causationId: 'c' })], 'no-stream');
    expect((await waiting).value?.events).toEqual(await all(store.readAll()));
    await batches.return?.();
    await dispose();
  });

  test('an append that two nodes send at once is recorded by one of them', async () => {
    const { server, end } = await startServer();
    const { store, another, dispose } = await opened({ url: server.url }, end);
    const other = await another();
    const [stream, event] = [newStream(), newEvent()];
    const mine = { ...event, data: { by: 'mine' } };
    const theirs = { ...event, data: { by: 'theirs' } };
    const answers = await Promise.all([
      store.append(stream, [mine], 'no-stream'),
      other.append(stream, [theirs], 'no-stream'),
    ]);
    expect(answers.map(({ repeated }) => repeated).toSorted()).toEqual([false, true]);
    const [standing] = await all(store.readStream(stream));
    expect(standing?.data).toEqual(answers[0]?.repeated === false ? mine.data : theirs.data);
    await other.close();
    await dispose();
  });
});

describe('KurrentDB: connections', () => {
  test('with TLS, an own authority, user and password', async () => {
    const credentials = { username: 'admin', password: 'p:w/1' };
    const { server, end } = await startServer({ tls: true, credentials });
    const url = server.url.replace('admin:p:w/1@', 'admin:p%3Aw%2F1@');
    const { store, dispose } = await opened({ url }, end);
    const events = newEvents(2);
    const batches = store.subscribe({ after: 0n })[Symbol.asyncIterator]();
    await batches.next();
    const waiting = batches.next();
    await store.append(newStream(), events, 'no-stream');
    const live: EventBatch | undefined = (await waiting).value;
    expect(live?.events.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect((await all(store.readAll())).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    await batches.return?.();

    const wrong = await openKurrentEventStore({ url: url.replace('p%3Aw%2F1', 'hush-hush') });
    const refusal = { name: 'StoreUnavailable', reason: 'unreachable', message: expect.stringContaining('refuses') };
    await expect(wrong.append(newStream(), newEvents(1), 'no-stream')).rejects.toMatchObject(refusal);
    await expect(wrong.head()).rejects.toMatchObject(refusal);
    await expect(wrong.head()).rejects.not.toMatchObject({ message: expect.stringMatching(/hush|admin/) });
    await wrong.close();
    await dispose();
  });

  test('that cannot be are refused at once, without a word of the password', async () => {
    for (const [url, reason] of [
      ['kurrentdb://admin:hush@h:2113?tlsCaFile=/nowhere/ca.crt', /certificate/],
      ['kurrentdb://admin:hush@h:99999', /hosts/],
      ['kurrentdb://admin:hush@h?tls=perhaps', /tls/],
      ['kurrentdb://admin:hu@sh@h', /%40/],
      ['esdb://h', /kurrentdb:/],
    ] as const) {
      const refusal = await openKurrentEventStore({ url }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(RangeError);
      expect(String(refusal)).toMatch(reason);
      expect(String(refusal)).not.toMatch(/hush|hu@/);
    }
  });
});
