import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type NewEvent, OrderedAppends, openSqliteEventStore, type SqliteEventStore } from './index.ts';

let folder: string;
let file: SqliteEventStore;
let log: OrderedAppends;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-ordered-'));
  file = await openSqliteEventStore({ file: join(folder, 'log.db') });
  log = new OrderedAppends(file);
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const event = (): NewEvent => ({
  id: randomUUID(),
  type: 'Noted.v1',
  data: {},
  sealed: null,
  occurredAt: '2015-10-05T08:00:00.000Z',
  actor: 'system',
  correlationId: 'x',
  causationId: null,
});

const append = (stream: string) => log.append(stream, [event()], 'no-stream');

async function recorded(): Promise<readonly string[]> {
  const streams: string[] = [];
  for await (const { stream } of log.readAll()) streams.push(stream);
  return streams;
}

test('what is ready first waits for those before it, and all of them share a commit', async () => {
  const order = log.order();
  const ready = ['a', 'b', 'c', 'd'].map((stream) => ({ stream, ...Promise.withResolvers<void>() }));
  const done = ready.map(({ stream, promise }) => order.next(stream, () => promise.then(() => append(stream))));
  const commits = file.stats().commits;
  for (const { resolve } of ready.toReversed()) resolve();
  await Promise.all(done);
  expect(await recorded()).toEqual(['a', 'b', 'c', 'd']);
  expect(file.stats().commits - commits).toBe(1);
});

test('nobody waits for a place that was given up, whether nothing was to be added or it failed', async () => {
  const order = log.order();
  const late = Promise.withResolvers<void>();
  const first = order.next('a', () => late.promise.then(() => append('a')));
  const nothing = order.next('b', () => Promise.resolve('nothing'));
  const failed = order.next('c', () => Promise.reject(new Error('no')));
  const last = order.next('d', () => append('d'));
  await expect(failed).rejects.toThrow('no');
  expect(await nothing).toBe('nothing');
  await append('elsewhere');
  late.resolve();
  await Promise.all([first, last]);
  expect(await recorded()).toEqual(['elsewhere', 'a', 'd']);
});
