import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Appended, EventStore, NewEvent, ReadAllOptions, RecordedEvent } from '../port.ts';
import { newEvent, newEvents, newStream } from './new-events.ts';
import { all, batchesUpTo, comparable, type OpenLog, recorded, withLog } from './opened-log.ts';

const TYPES = ['CommentPosted.v1', 'CommentEdited.v1', 'PostWritten.v1'];
const PREFIXES = ['comment-', 'post-', 'größe-', '𝒞-', 'comment_'];

/** The behaviour of reads: complete contents, in both directions, filtered, limited. */
export function describeReading(open: OpenLog): void {
  test('a stream that does not exist has no events, an empty log no head', () =>
    withLog(open, async ({ store }) => {
      expect(await all(store.readStream('comment-unknown'))).toEqual([]);
      expect(await all(store.readAll())).toEqual([]);
      expect(await all(store.readAll({ direction: 'backwards' }))).toEqual([]);
      expect(await store.head()).toBe(0n);
    }));

  test('reads a stream from any revision', () =>
    withLog(open, async ({ store }) => {
      const stream = newStream();
      await store.append(stream, newEvents(2_500), 'no-stream');
      await store.append(`${stream}-other`, newEvents(3), 'no-stream');
      for (const from of [0n, 1n, 999n, 1_000n, 2_499n, 2_500n]) {
        const revisions = (await all(store.readStream(stream, from))).map((event) => event.revision);
        expect(revisions).toEqual(Array.from({ length: 2_500 - Number(from) }, (_, index) => from + BigInt(index)));
      }
    }));

  test('reads all: any direction, start, limit and filter give what a plain list gives', () =>
    withLog(open, async ({ store }) => {
      await fill(store);
      const log = await all(store.readAll());
      await fc.assert(
        fc.asyncProperty(optionsFor(log.length), async (chosen) => {
          const options = withPositions(chosen, log);
          expect((await all(store.readAll(options))).map(place)).toEqual(expectedOf(log, options).map(place));
        }),
        { numRuns: 60 },
      );
    }));

  test('a filter with an empty list lets nothing pass', () =>
    withLog(open, async ({ store }) => {
      await store.append(newStream(), newEvents(3), 'no-stream');
      expect(await all(store.readAll({ filter: { types: [] } }))).toEqual([]);
      expect(await all(store.readAll({ filter: { streamPrefixes: [] } }))).toEqual([]);
    }));

  test('a read of all ends although others go on writing', () =>
    withLog(open, async ({ store }) => {
      await store.append(newStream(), newEvents(10), 'no-stream');
      let read = 0;
      for await (const _ of store.readAll()) {
        await store.append(newStream(), newEvents(1), 'no-stream');
        read += 1;
      }
      expect(read).toBe(10);
    }));

  test('keeps every character of Unicode, in contents and names', () =>
    withLog(open, async ({ store }) => {
      const planes = Array.from({ length: 17 }, (_, plane) => newEvent({ data: { text: plainOf(plane) } }));
      const stream = `größe-ខ្មែរ-ພາສາ-မြန်မာ-𝒞-\u0000-${planes[0]?.id}`;
      for (const [index, event] of planes.entries()) {
        await store.append(stream, [event], index === 0 ? 'no-stream' : BigInt(index - 1));
      }
      const read = await all(store.readStream(stream));
      expect(read.map(comparable)).toEqual(planes.map((event, index) => recorded(stream, BigInt(index), event)));
    }));

  test('keeps any JSON, lone surrogates too', () =>
    withLog(open, async ({ store }) => {
      const stream = newStream();
      const values = [
        ...fc.sample(fc.jsonValue(), 200),
        { lone: '\ud800', nul: '\u0000' },
        null,
        0.1,
        1e300,
        [[[]]],
        '',
      ];
      const events = values.map((value) => newEvent({ data: JSON.parse(JSON.stringify(value)) }));
      await store.append(stream, events, 'no-stream');
      expect((await all(store.readStream(stream))).map((event) => event.data)).toEqual(
        events.map((event) => event.data),
      );
    }));

  test('keeps sealed bytes as they were', () =>
    withLog(open, async ({ store }) => {
      const stream = newStream();
      const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const sealed = [every, new Uint8Array(0), null, every.subarray(7, 9), Buffer.from('in a shared pool'), null];
      const events = sealed.map((bytes) => newEvent({ sealed: bytes }));
      await store.append(stream, events, 'no-stream');
      const read = await all(store.readStream(stream));
      expect(read.map(comparable)).toEqual(events.map((event, index) => recorded(stream, BigInt(index), event)));
    }));

  test('keeps big events, more of them than one page should hold', () =>
    withLog(open, async ({ store }) => {
      const stream = newStream();
      const events = Array.from({ length: 14 }, (_, index) =>
        newEvent({ data: { text: `${index}`.repeat(300_000) }, sealed: new Uint8Array(300_000).fill(index) }),
      );
      let last: Appended | undefined;
      for (const event of events) last = await store.append(stream, [event], last?.revision ?? 'no-stream');

      const due = events.map(digest);
      const batches = await batchesUpTo(store.subscribe({ after: 0n }), last?.position ?? 0n);
      expect((await all(store.readAll())).map(digest)).toEqual(due);
      expect((await all(store.readStream(stream))).map(digest)).toEqual(due);
      expect(batches.flatMap((batch) => batch.events.map(digest))).toEqual(due);
    }));
}

async function fill(store: EventStore): Promise<void> {
  const appends = Array.from({ length: 300 }, (_, index): [string, NewEvent[]] => {
    const prefix = PREFIXES[index % PREFIXES.length] ?? '';
    return [newStream(`${prefix}x`), [0, 1, 2].map((nth) => newEvent({ type: TYPES[(index + nth * nth) % 3] ?? '' }))];
  });
  await Promise.all(appends.map(([stream, events]) => store.append(stream, events, 'no-stream')));
  await store.append(newStream(), newEvents(1_500), 'no-stream');
}

/** A start is the index of an event, since positions belong to the log and may have gaps. */
type Chosen = Omit<ReadAllOptions, 'after' | 'from'> & { readonly afterIndex?: number; readonly fromIndex?: number };

function optionsFor(length: number): fc.Arbitrary<Chosen> {
  const filter = fc.record(
    { types: fc.subarray([...TYPES, 'Unknown.v1']), streamPrefixes: fc.subarray([...PREFIXES, 'comment', 'p%', '']) },
    { requiredKeys: [] },
  );
  return fc.record(
    {
      filter,
      afterIndex: fc.integer({ min: -1, max: length - 1 }),
      fromIndex: fc.integer({ min: 0, max: length - 1 }),
      direction: fc.constantFrom('forwards' as const, 'backwards' as const),
      limit: fc.oneof(fc.constantFrom(0, 1, 999, 1_000, 1_001), fc.integer({ min: 0, max: length + 5 })),
      stretchBytes: fc.constantFrom(1, 5_000, 256 * 1024),
    },
    { requiredKeys: [] },
  );
}

function withPositions({ afterIndex, fromIndex, ...options }: Chosen, log: readonly RecordedEvent[]): ReadAllOptions {
  const from = fromIndex === undefined ? undefined : log[fromIndex]?.position;
  if (from !== undefined) return { ...options, from };
  return afterIndex === undefined ? options : { ...options, after: log[afterIndex]?.position ?? 0n };
}

function expectedOf(
  log: readonly RecordedEvent[],
  { after, from, filter, direction, limit }: ReadAllOptions,
): RecordedEvent[] {
  const backwards = direction === 'backwards';
  return (backwards ? log.toReversed() : [...log])
    .filter(({ position }) => from === undefined || (backwards ? position <= from : position >= from))
    .filter((event) => after === undefined || (backwards ? event.position < after : event.position > after))
    .filter((event) => filter?.types?.includes(event.type) ?? true)
    .filter((event) => filter?.streamPrefixes?.some((prefix) => event.stream.startsWith(prefix)) ?? true)
    .slice(0, limit);
}

/** A short text for big contents, so that a difference can be read. */
function digest({ id, data, sealed }: NewEvent): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(data))
    .update(sealed ?? '');
  return `${id} ${hash.digest('hex')}`;
}

const place = (event: RecordedEvent): string => `${event.position} ${event.stream} ${event.revision} ${event.type}`;

/** All characters of one of the 17 planes, except the surrogates. */
function plainOf(plane: number): string {
  let text = '';
  for (let point = plane * 0x10000; point < (plane + 1) * 0x10000; point += 1) {
    if (point < 0xd800 || point > 0xdfff) text += String.fromCodePoint(point);
  }
  return text;
}
