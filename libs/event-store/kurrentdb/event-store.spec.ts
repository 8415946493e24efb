import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import {
  type KurrentDbServer,
  type KurrentDbServerOptions,
  startKurrentDbServer,
} from '../../../test/kurrentdb-server/server.ts';
import { describeEventStore, type OpenedLog } from '../contract/event-store.contract.ts';
import { newEvent, newEvents, newStream } from '../contract/new-events.ts';
import { all } from '../contract/opened-log.ts';
import type { EventBatch, NewEvent } from '../port.ts';
import { newConnection } from './connect.ts';
import { type KurrentEventStoreOptions, openKurrentEventStore } from './event-store.ts';
import { SideStreams } from './side-streams.ts';

type Started = { readonly server: KurrentDbServer; readonly end: () => Promise<void> };

async function startServer(options: Partial<KurrentDbServerOptions> = {}): Promise<Started> {
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

/** Appends like a node of an earlier version: the database's id is the event's own. */
async function appendAsBefore(url: string, stream: string, event: NewEvent): Promise<void> {
  const client = KurrentDBClient.connectionString(url);
  const { id, type, data, occurredAt, actor, correlationId } = event;
  const metadata = { occurredAt, actor, $correlationId: correlationId, append: randomUUID() };
  const stored = { id, type, contentType: 'application/json', data: { toJSON: () => data }, metadata } as const;
  await client.appendToStream(stream, stored, { streamState: 'no_stream' });
  await client.dispose();
}

/** A server with other contents: each test has a log that begins where the one before ended. */
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

  test.each(['23.10', '24.2'] as const)(
    'a position that is none is known as that, never as an outage (%s)',
    async (version) => {
      const { server, end } = await startServer({ version });
      const { store, dispose, held } = await opened({ url: server.url }, end);
      const { position: event } = await store.append(newStream(), newEvents(3), 'no-stream');
      const position = event - 1n;
      const unknown = { name: 'UnknownPosition', position };
      for (const options of [
        { after: position },
        { from: position },
        { after: position, direction: 'backwards' } as const,
      ]) {
        await expect(all(store.readAll(options))).rejects.toMatchObject(unknown);
        await expect(all(store.readAll({ ...options, filter: { types: ['A.v1'] } }))).rejects.toMatchObject(unknown);
      }
      await expect(all(store.subscribe({ after: position }))).rejects.toMatchObject(unknown);
      expect(held()).toBe(0);
      await dispose();
    },
  );

  test('an event of before, whose id was the database’s, is known again, told to the second, and recorded once', async () => {
    const { server, end } = await startServer();
    const { store, dispose } = await opened({ url: server.url }, end);
    const [stream, event] = [newStream(), newEvent()];
    await appendAsBefore(server.url, stream, event);
    const [read] = await all(store.readStream(stream));
    expect(read).toMatchObject({ id: event.id, actor: event.actor, recordedAt: expect.stringMatching(/\.000Z$/) });
    expect(await store.append(stream, [event], 'no-stream')).toMatchObject({ revision: 0n, repeated: true });
    const other = { name: 'WrongExpectedRevision', actual: 0n };
    await expect(store.append(stream, newEvents(1), 'no-stream')).rejects.toMatchObject(other);
    expect(await all(store.readAll())).toEqual([read]);
    await dispose();
  });

  test('an append reads nothing back', async () => {
    const { server, end } = await startServer();
    const { store, dispose, eventsRead } = await opened({ url: server.url }, end);
    const first = await store.append(newStream(), newEvents(2), 'no-stream');
    expect([first.repeated, eventsRead()]).toEqual([false, 0]);
    expect((await all(store.readAll())).at(-1)?.position).toBe(first.position);
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
