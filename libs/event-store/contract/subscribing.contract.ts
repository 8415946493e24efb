import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventBatch, EventStore, SubscribeOptions } from '../port.ts';
import { newEvent, newEvents, newStream } from './new-events.ts';
import { all, batchesUpTo, type OpenLog, withLog } from './opened-log.ts';

/**
 * The behaviour of subscriptions: nothing is lost, doubled or reordered, the reader keeps its own pace, and everything
 * is released at the end.
 */
export function describeSubscribing(open: OpenLog): void {
  test('says when it has caught up, at once for an empty log', () =>
    withLog(open, async ({ store }) => {
      const batches = follow(store, { after: 0n });
      expect(await taken(batches)).toEqual({ events: [], position: 0n, caughtUp: true });

      const waiting = taken(batches);
      const { position } = await store.append(newStream(), newEvents(2), 'no-stream');
      const live = await waiting;
      expect([live.events.length, live.position, live.caughtUp]).toEqual([2, position, true]);
      await batches.return?.();
    }));

  test('gives batches no larger than asked for, and is caught up with the last one alone', () =>
    withLog(open, async ({ store }) => {
      const { position } = await store.append(newStream(), newEvents(25), 'no-stream');
      const batches = await batchesUpTo(store.subscribe({ after: 0n, batchSize: 10 }), position);
      expect(batches.map((batch) => [batch.events.length, batch.caughtUp])).toEqual([
        [10, false],
        [10, false],
        [5, true],
      ]);
    }));

  test('passes from the past to the present without a loss, a double or a wrong order', () =>
    withLog(open, async ({ store, another }) => {
      await store.append(newStream(), newEvents(200), 'no-stream');
      const other = await another();
      await fc.assert(
        fc.asyncProperty(
          fc.nat(200),
          fc.integer({ min: 1, max: 40 }),
          fc.integer({ min: 1, max: 60 }),
          async (back, batchSize, writes) => {
            const after = (await all(store.readAll())).at(-1 - back)?.position ?? 0n;
            const writing = write([store, other], writes);
            const seen = await followUntil(store, { after, batchSize }, writing);
            expect(seen).toEqual((await all(store.readAll({ after }))).map((event) => event.id));
          },
        ),
        { numRuns: 30 },
      );
      await other.close();
    }));

  test('moves past what the filter leaves out, and gives the rest', () =>
    withLog(open, async ({ store }) => {
      await store.append(newStream('post'), [newEvent({ type: 'PostWritten.v1' }), ...newEvents(30)], 'no-stream');
      const { position } = await store.append(newStream('comment'), newEvents(30), 'no-stream');
      const types = await batchesUpTo(store.subscribe({ after: 0n, filter: { types: ['PostWritten.v1'] } }), position);
      expect(types.flatMap((batch) => batch.events.map((event) => event.type))).toEqual(['PostWritten.v1']);
      expect(types.at(-1)).toMatchObject({ position, caughtUp: true });

      const batches = follow(store, { after: position, filter: { streamPrefixes: ['post-'] } });
      expect(await taken(batches)).toEqual({ events: [], position, caughtUp: true });
      const waiting = taken(batches);
      const passed = await store.append(newStream('comment'), newEvents(1), 'no-stream');
      expect(await waiting).toEqual({ events: [], position: passed.position, caughtUp: true });
      const next = taken(batches);
      const wanted = await store.append(newStream('post'), newEvents(1), 'no-stream');
      expect(await next).toMatchObject({ events: [{ position: wanted.position }], position: wanted.position });
      await batches.return?.();
    }));

  test('sees what another connection writes', () =>
    withLog(open, async ({ store, another }) => {
      const other = await another();
      const batches = follow(store, { after: 0n });
      await taken(batches);
      const waiting = taken(batches);
      const { position } = await other.append(newStream(), newEvents(1), 'no-stream');
      expect(await waiting).toMatchObject({ position });
      await batches.return?.();
      await other.close();
    }));

  test('reads no further ahead than one batch for a slow reader', () =>
    withLog(open, async ({ store, eventsRead }) => {
      await store.append(newStream(), newEvents(5_000), 'no-stream');
      const before = eventsRead();
      const batches = follow(store, { after: 0n, batchSize: 100 });
      await taken(batches);
      for (let turn = 0; turn < 20; turn += 1) await store.append(newStream(), newEvents(1), 'no-stream');
      expect(eventsRead() - before).toBeLessThanOrEqual(200);
      await batches.return?.();
    }));

  test('readers do not hinder each other', () =>
    withLog(open, async ({ store }) => {
      const slow = follow(store, { after: 0n });
      await taken(slow);
      const reading = Array.from({ length: 20 }, () => followUntil(store, { after: 0n }, write([store], 3)));
      for (const seen of await Promise.all(reading)) expect(new Set(seen).size).toBe(seen.length);
      await slow.return?.();
    }));
}

/** Ended iterators hold nothing, whatever ended them. */
export function describeEnding(open: OpenLog): void {
  test('a closed iterator ends the read under way and holds nothing', () =>
    withLog(open, async ({ store, held }) => {
      const none = held();
      const iterators = Array.from({ length: 30 }, () => follow(store, { after: 0n }));
      await Promise.all(iterators.map(taken));
      const waiting = iterators.map((iterator) => iterator.next());
      expect(held()).toBeGreaterThan(none);

      await Promise.all(iterators.map((iterator) => iterator.return?.()));

      expect(await Promise.all(waiting)).toEqual(iterators.map(() => ({ done: true, value: undefined })));
      expect(await Promise.all(iterators.map((iterator) => iterator.next()))).toEqual(
        iterators.map(() => ({ done: true, value: undefined })),
      );
      expect(held()).toBe(none);
    }));

  test('leaving a loop closes its iterator', () =>
    withLog(open, async ({ store, held }) => {
      const none = held();
      await store.append(newStream(), newEvents(3), 'no-stream');
      for await (const _ of store.subscribe({ after: 0n })) break;
      for await (const _ of store.readAll()) break;
      expect(held()).toBe(none);
    }));

  test('an abort ends a subscription, also one that had not begun', () =>
    withLog(open, async ({ store, held }) => {
      const none = held();
      const stop = new AbortController();
      const batches = follow(store, { after: 0n, signal: stop.signal });
      await taken(batches);
      const waiting = batches.next();
      stop.abort();
      expect(await waiting).toEqual({ done: true, value: undefined });
      expect(await all(store.subscribe({ after: 0n, signal: AbortSignal.abort() }))).toEqual([]);
      expect(held()).toBe(none);
    }));

  test('closing the store finishes the appends under way and ends the subscriptions', () =>
    withLog(open, async ({ store, another }) => {
      const other = await another();
      const batches = follow(store, { after: 0n });
      await taken(batches);
      const rest = all({ [Symbol.asyncIterator]: () => batches });
      const appends = Array.from({ length: 20 }, () => store.append(newStream(), newEvents(1), 'no-stream'));
      await Promise.all([store.close(), store.close()]);

      expect((await Promise.all(appends)).filter((append) => append.repeated)).toEqual([]);
      expect((await rest).flatMap((batch) => batch.events).length).toBeLessThanOrEqual(20);
      expect(await all(store.subscribe({ after: 0n }))).toEqual([]);
      expect(await all(other.readAll())).toHaveLength(20);
      await other.close();
    }));

  test('a closed store refuses appends and reads, and a read that it cut short fails', () =>
    withLog(open, async ({ store }) => {
      const stream = newStream();
      await store.append(stream, newEvents(3_000), 'no-stream');
      const cut = store.readAll()[Symbol.asyncIterator]();
      await cut.next();
      await store.close();

      const closed = { name: 'StoreUnavailable', reason: 'closed' };
      await expect(store.append(newStream(), newEvents(1), 'no-stream')).rejects.toMatchObject(closed);
      await expect(store.head()).rejects.toMatchObject(closed);
      await expect(all(store.readStream(stream))).rejects.toMatchObject(closed);
      await expect(all({ [Symbol.asyncIterator]: () => cut })).rejects.toMatchObject(closed);
    }));
}

function follow(store: EventStore, options: SubscribeOptions): AsyncIterator<EventBatch> {
  return store.subscribe(options)[Symbol.asyncIterator]();
}

async function taken(batches: AsyncIterator<EventBatch>): Promise<EventBatch> {
  const { done, value } = await batches.next();
  if (done === true) throw new Error('the subscription ended');
  return value;
}

/** Writes over many turns of the loop, each after the one before; gives the last position. */
async function write(stores: readonly EventStore[], writes: number): Promise<bigint> {
  let last = 0n;
  for (let index = 0; index < writes; index += 1) {
    const store = stores[index % stores.length];
    const appended = await store?.append(newStream(), newEvents(1 + (index % 3)), 'no-stream');
    last = appended?.position ?? last;
  }
  return last;
}

/** The ids of all events that a subscriber meets until the writing has ended and it has seen the last one. */
async function followUntil(store: EventStore, options: SubscribeOptions, writing: Promise<bigint>): Promise<string[]> {
  const seen: string[] = [];
  const stop = new AbortController();
  let position = options.after;
  let end: bigint | undefined;
  const stopAtEnd = (): void => {
    if (end !== undefined && position >= end) stop.abort();
  };
  const ended = writing.then((last) => {
    end = last;
    stopAtEnd();
  });
  for await (const batch of store.subscribe({ ...options, signal: stop.signal })) {
    seen.push(...batch.events.map((event) => event.id));
    position = batch.position;
    stopAtEnd();
  }
  await ended;
  return seen;
}
