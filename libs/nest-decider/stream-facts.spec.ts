import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqliteEventStore, type SqliteEventStore } from '../event-store/index.ts';
import type { Fact, Fold } from '../kernel/index.ts';
import { Decoder } from './decode.ts';
import { StreamFacts } from './stream-facts.ts';

type Counted = Fact<'Counted.v1', { readonly by: number }, null>;

const sum: Fold<{ total: number }, Counted> = {
  initial: () => ({ total: 0 }),
  evolve: (state, fact) => {
    state.total += fact.data.by;
    return state;
  },
};

let folder: string;
let store: SqliteEventStore;
let facts: StreamFacts<{ total: number }, Counted>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-facts-'));
  store = await openSqliteEventStore({ file: join(folder, 'log.db') });
  facts = new StreamFacts({ store, fold: sum, decoder: new Decoder<Counted>(['Counted.v1']), most: 2 });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const count = (stream: string, revision: bigint, by: number) => countIn(store, stream, by, revision);
const countIn = (log: SqliteEventStore, stream: string, by: number, revision = -1n) => {
  const envelope = { occurredAt: '2015-10-05T08:00:00.000Z', actor: 'system', correlationId: 'x', causationId: null };
  const event = { id: randomUUID(), type: 'Counted.v1', data: { by }, sealed: null, ...envelope };
  return log.append(stream, [event], revision < 0n ? 'no-stream' : revision);
};
const totalOf = async (stream: string) => (await facts.of(stream)).total;

test('facts are as current as the log, and each event is read once', async () => {
  expect(await totalOf('a')).toBe(0);
  await count('a', -1n, 1);
  expect(await totalOf('a')).toBe(1);
  await count('a', 0n, 2);
  await count('a', 1n, 3);
  expect([await totalOf('a'), await totalOf('a')]).toEqual([6, 6]);
  expect(store.stats().eventsRead).toBe(3);
});

test('what was told of a stream is not told again once the stream has grown', async () => {
  const anew: Fold<{ total: number }, Counted> = {
    initial: () => ({ total: 0 }),
    evolve: ({ total }, { data }) => ({ total: total + data.by }),
  };
  facts = new StreamFacts({ store, fold: anew, decoder: new Decoder<Counted>(['Counted.v1']), most: 2 });
  await count('a', -1n, 1);
  expect([await totalOf('a'), await totalOf('a'), await totalOf('a')]).toEqual([1, 1, 1]);
  await count('a', 0n, 2);
  expect([await totalOf('a'), await totalOf('a')]).toEqual([3, 3]);
});

test('asked for many times at once they count each event once', async () => {
  await count('a', -1n, 1);
  await totalOf('a');
  await count('a', 0n, 2);
  const totals = await Promise.all(Array.from({ length: 20 }, () => totalOf('a')));
  expect(new Set(totals)).toEqual(new Set([3]));
});

test('what was not asked for in a while is read anew', async () => {
  for (const stream of ['a', 'b', 'c']) await count(stream, -1n, 1);
  for (const stream of ['a', 'b', 'c', 'a', 'c']) expect(await totalOf(stream)).toBe(1);
  expect(store.stats().eventsRead).toBe(4);
});

test('a log that knows that nothing was added is not asked for it, until another process has written', async () => {
  await count('a', -1n, 1);
  const reads: string[] = [];
  const watching = new Proxy(store, {
    get: (target, name) => {
      if (name === 'readStream') reads.push('read');
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  facts = new StreamFacts({ store: watching, fold: sum, decoder: new Decoder<Counted>(['Counted.v1']) });
  const asked = async () => ({ a: await totalOf('a'), b: await totalOf('b'), reads: reads.splice(0).length });

  expect(await asked()).toEqual({ a: 1, b: 0, reads: 2 });
  expect(await asked()).toEqual({ a: 1, b: 0, reads: 0 });
  await count('a', 0n, 5);
  expect(await asked()).toEqual({ a: 6, b: 0, reads: 1 });
  const another = await openSqliteEventStore({ file: join(folder, 'log.db') });
  await countIn(another, 'b', 2);
  expect(await asked()).toEqual({ a: 6, b: 2, reads: 2 });
  expect(await asked()).toEqual({ a: 6, b: 2, reads: 0 });
  await another.close();
});
