import { expect, test } from '@jest/globals';
import type { Appended, EventStore, ExpectedRevision, NewEvent } from '../port.ts';
import { newEvent, newEvents, newStream } from './new-events.ts';
import { all, comparable, type OpenLog, recorded, withLog } from './opened-log.ts';

const APPENDERS = 64;

/** The behaviour of order, expected revisions, repeats, and writers that meet on one stream. */
export function describeAppending(open: OpenLog): void {
  test('gives back what was appended, in order, with its place', () =>
    withLog(open, async ({ store }) => {
      const stream = newStream();
      const events = [newEvent({ sealed: Uint8Array.of(1, 2, 3), causationId: 'command-1' }), ...newEvents(2)];

      const first = await store.append(stream, events.slice(0, 1), 'no-stream');
      const second = await store.append(stream, events.slice(1), 0n);

      expect([first.revision, first.repeated, second.revision, second.repeated]).toEqual([0n, false, 2n, false]);
      const read = await all(store.readStream(stream));
      expect(read.map(comparable)).toEqual(events.map((event, index) => recorded(stream, BigInt(index), event)));
      expect(read.map((event) => event.position).at(0)).toBe(first.position);
      expect(read.map((event) => event.position).at(-1)).toBe(second.position);
      expect(await store.head()).toBe(second.position);
    }));

  test('takes an append only at the expected revision, and all of it or none', () =>
    withLog(open, async ({ store }) => {
      const stream = newStream();
      await store.append(stream, newEvents(2), 'no-stream');

      await expectConflict(store, stream, newEvents(2), 'no-stream', 1n);
      await expectConflict(store, stream, newEvents(2), 0n, 1n);
      await expectConflict(store, stream, newEvents(2), 2n, 1n);
      await expectConflict(store, newStream(), newEvents(2), 0n, 'no-stream');

      expect(await all(store.readAll())).toHaveLength(2);
    }));

  test('answers a repeat as the first time, also when more was written since', () =>
    withLog(open, async ({ store }) => {
      const stream = newStream();
      const [one, two] = [newEvents(2), newEvents(1)];
      const first = await store.append(stream, one, 'no-stream');
      const second = await store.append(stream, two, 1n);

      expect(await store.append(stream, one, 'no-stream')).toEqual({ ...first, repeated: true });
      expect(await store.append(stream, two, 1n)).toEqual({ ...second, repeated: true });
      expect(await all(store.readAll())).toHaveLength(3);
    }));

  test('records an append once that is sent many times at the same moment', () =>
    withLog(open, async ({ store }) => {
      const events = newEvents(2);
      const stream = newStream();
      const answers = await Promise.all(Array.from({ length: 8 }, () => store.append(stream, events, 'no-stream')));

      expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1);
      expect(new Set(answers.map((answer) => answer.position)).size).toBe(1);
      expect(await all(store.readStream(stream))).toHaveLength(2);
    }));

  test('refuses ids that it knows from another place', () =>
    withLog(open, async ({ store }) => {
      const stream = newStream();
      const [one, two] = [newEvent(), newEvent()];
      await store.append(stream, [one, two], 'no-stream');

      await expectConflict(store, newStream(), [one], 'no-stream', 'no-stream');
      await expectConflict(store, stream, [one], 1n, 1n);
      await expectConflict(store, stream, [one, newEvent()], 'no-stream', 1n);
      await expectConflict(store, stream, [two, one], 'no-stream', 1n);
      await expectConflict(store, stream, [newEvent(), two], 1n, 1n);

      expect(await all(store.readAll())).toHaveLength(2);
    }));

  test('lets exactly one of many writers win each revision, over several connections', () =>
    withLog(open, async ({ store, another }) => {
      const stream = newStream();
      const other = await another();
      const writers = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? store : other));
      let expected: ExpectedRevision = 'no-stream';
      for (let revision = 0n; revision < 8n; revision += 1n) {
        const at = expected;
        const results = await Promise.allSettled(writers.map((writer) => writer.append(stream, newEvents(1), at)));
        const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
        expect(lost).toHaveLength(writers.length - 1);
        for (const reason of lost)
          expect(reason).toMatchObject({ name: 'WrongExpectedRevision', expected: at, actual: revision });
        expected = revision;
      }
      expect((await all(store.readStream(stream))).map((event) => event.revision)).toEqual([
        0n,
        1n,
        2n,
        3n,
        4n,
        5n,
        6n,
        7n,
      ]);
      await other.close();
    }));

  test(`orders ${APPENDERS} appenders that write at once, each by itself`, () =>
    withLog(open, async ({ store }) => {
      const appended = await Promise.all(Array.from({ length: APPENDERS }, () => appendOneByOne(store, 10)));

      const positions = appended.flatMap(({ answers }) => answers.map((answer) => answer.position));
      expect(new Set(positions).size).toBe(APPENDERS * 10);
      const read = await all(store.readAll());
      expect(read.map((event) => event.position)).toEqual(positions.toSorted((a, b) => (a < b ? -1 : 1)));
      for (const { stream, events } of appended) {
        expect(read.filter((event) => event.stream === stream).map((event) => event.id)).toEqual(
          events.map((event) => event.id),
        );
      }
    }));

  test('a conflict among appends that wait together fails by itself', () =>
    withLog(open, async ({ store }) => {
      const [stream, fresh] = [newStream(), newStream()];
      const sealed = (...bytes: number[]): NewEvent[] =>
        bytes.map((byte) => newEvent({ sealed: Uint8Array.of(byte, byte) }));
      const events = sealed(1, 2, 3);
      const results = await Promise.allSettled([
        store.append(stream, events.slice(0, 2), 'no-stream'),
        store.append(stream, sealed(4, 5), 'no-stream'),
        store.append(stream, [...sealed(6), ...events.slice(0, 1), ...sealed(7)], 1n),
        store.append(stream, events.slice(2), 1n),
        store.append(fresh, sealed(8), 5n),
        store.append(fresh, events.slice(0, 1), 'no-stream'),
      ]);
      const statuses = results.map((result) => result.status);
      expect(statuses).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled', 'rejected', 'rejected']);
      const read = await all(store.readAll());
      expect(read.map(comparable)).toEqual(events.map((event, index) => recorded(stream, BigInt(index), event)));
      expect(results[3]).toMatchObject({ value: { position: read.at(-1)?.position, revision: 2n, repeated: false } });
    }));

  test('refuses what it cannot keep as it is, and writes nothing of it', () =>
    withLog(open, async ({ store }) => {
      const stream = newStream();
      await expect(store.append(stream, [], 'no-stream')).rejects.toBeInstanceOf(RangeError);
      await expect(store.append('', newEvents(1), 'no-stream')).rejects.toBeInstanceOf(RangeError);
      await expect(store.append(stream, [newEvent({ id: 'seven' })], 'no-stream')).rejects.toBeInstanceOf(RangeError);
      await expect(store.append(stream, [newEvent({ actor: '\ud800' })], 'no-stream')).rejects.toBeInstanceOf(
        RangeError,
      );
      expect(await store.head()).toBe(0n);
    }));

  test('recordedAt never goes back', () =>
    withLog(open, async ({ store }) => {
      for (let index = 0; index < 20; index += 1) await store.append(newStream(), newEvents(2), 'no-stream');
      const times = (await all(store.readAll())).map((event) => event.recordedAt);
      expect(times).toEqual(times.toSorted());
    }));
}

async function appendOneByOne(
  store: EventStore,
  count: number,
): Promise<{ stream: string; events: NewEvent[]; answers: Appended[] }> {
  const stream = newStream();
  const events = newEvents(count);
  const answers: Appended[] = [];
  for (const event of events)
    answers.push(await store.append(stream, [event], answers.at(-1)?.revision ?? 'no-stream'));
  return { stream, events, answers };
}

async function expectConflict(
  store: EventStore,
  ...[stream, events, expected, actual]: [string, NewEvent[], ExpectedRevision, ExpectedRevision]
): Promise<void> {
  const refusal = { name: 'WrongExpectedRevision', stream, expected, actual };
  await expect(store.append(stream, events, expected)).rejects.toMatchObject(refusal);
}
