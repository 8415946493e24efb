import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type KurrentDbServer, startKurrentDbServer } from '../../../test/kurrentdb-server/server.ts';
import { all } from '../contract/opened-log.ts';
import { MOST_NOTICE_BYTES, type Notice } from '../notices.ts';
import { openKurrentEventStore } from './event-store.ts';
import { type KurrentNotices, openKurrentNotices } from './notices.ts';

jest.setTimeout(60_000);

let dir: string;
let server: KurrentDbServer;
let one: KurrentNotices;
let two: KurrentNotices;
const stop = new AbortController();

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'colloquy-notices-'));
  server = await startKurrentDbServer({ dir });
  one = await openKurrentNotices({ url: server.url, silenceMs: 300 });
  two = await openKurrentNotices({ url: server.url, silenceMs: 300 });
});

afterEach(async () => {
  await Promise.all([one.close(), two.close()]);
  await server.close();
  await rm(dir, { recursive: true });
});

async function next(notices: AsyncIterator<Notice>): Promise<unknown> {
  return (await notices.next()).value?.notice;
}

test('each node hears what the others said last, then what they say, and never itself', async () => {
  await one.announce({ readers: 1 });
  await one.announce({ readers: 2 });
  await two.announce({ readers: 7 });
  const heard = two.follow(stop.signal)[Symbol.asyncIterator]();
  expect(await next(heard)).toEqual({ readers: 2 });
  await two.announce({ readers: 8 });
  await one.announce({ readers: 3 });
  expect(await next(heard)).toEqual({ readers: 3 });
});

test('notices are no part of the log', async () => {
  const store = await openKurrentEventStore({ url: server.url });
  await one.announce({ readers: 1 });
  expect(await all(store.readAll())).toEqual([]);
  expect(await store.head()).toBe(0n);
  await store.close();
});

test.each(['clean', 'error', 'silence'] as const)('a subscription that ends (%s) is begun again', async (end) => {
  const heard = two.follow(stop.signal)[Symbol.asyncIterator]();
  await one.announce({ count: 0 });
  expect(await next(heard)).toEqual({ count: 0 });
  server.faults.set({ subscriptions: { end, times: 1 } });
  let seen: unknown;
  for (let count = 1; count < 4; count += 1) {
    await one.announce({ count });
    do seen = await next(heard);
    while (JSON.stringify(seen) !== JSON.stringify({ count }));
  }
  expect(seen).toEqual({ count: 3 });
});

test('an abort and a close end the following', async () => {
  const aborted = new AbortController();
  const ended = [all(one.follow(aborted.signal)), all(two.follow(stop.signal))];
  aborted.abort();
  await two.close();
  expect(await Promise.all(ended)).toEqual([[], []]);
});

test('a notice that is too long is refused, and one that nobody takes is told', async () => {
  await expect(one.announce('x'.repeat(MOST_NOTICE_BYTES))).rejects.toBeInstanceOf(RangeError);
  await server.close();
  await expect(one.announce({})).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'unreachable' });
  server = await startKurrentDbServer({ dir, port: server.port });
});
