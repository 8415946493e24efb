import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { RecordedEvent } from '../event-store/index.ts';
import { deriveId } from '../kernel/index.ts';
import { findEvents } from './find.ts';
import { IndexFile } from './index-file.ts';
import { kindIn, matcher } from './matching.ts';
import type { EventQuery, Span } from './port.ts';

let folder: string;
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-index-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const START = Date.UTC(2026, 0, 1);
const moment = (hours: number) => new Date(START + hours * 3_600_000).toISOString();
const word = (...words: string[]) => fc.constantFrom(...words);
const actor = word('policy', deriveId('a', 1), deriveId('a', 2), 'import:wordpress');
const type = word('CommentPosted.v1', 'CommentEdited.v1', 'PolicySet.v1');
const correlation = word(deriveId('c', 1), deriveId('c', 2), 'by-hand');
const hours = fc.integer({ min: -2, max: 60 });

/** Times grow with the positions, except for a clock that was set back now and then. */
const events: fc.Arbitrary<readonly RecordedEvent[]> = fc
  .array(
    fc.record({
      type,
      actor,
      stream: word('comment-1', 'comment-2', 'policy-1'),
      correlationId: correlation,
      causationId: fc.option(correlation, { nil: null }),
      back: word('0', '0', '0', '5'),
      gap: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 40 },
  )
  .map((drawn) => {
    let position = 0n;
    return drawn.map(({ back, gap, ...event }, index) => {
      position += BigInt(gap);
      const recordedAt = moment(index - Number(back));
      const id = deriveId('e', index);
      return {
        ...event,
        id,
        position,
        recordedAt,
        occurredAt: moment(index - 6),
        revision: 0n,
        data: {},
        sealed: null,
      };
    });
  });

const query: fc.Arbitrary<EventQuery> = fc
  .record({
    types: fc.option(fc.uniqueArray(type, { minLength: 1 })),
    stream: fc.option(word('comment-*', 'policy-*', 'member-*')),
    actor: fc.option(fc.oneof(actor, fc.constant('nobody'))),
    correlation: fc.option(correlation),
    causation: fc.option(correlation),
    from: fc.option(hours.map(moment)),
    to: fc.option(hours.map(moment)),
  })
  .map((drawn) => Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== null)));

const span: fc.Arbitrary<Span> = fc
  .record({ at: fc.bigInt({ min: 0n, max: 120n }), down: fc.boolean(), limit: fc.integer({ min: 1, max: 20 }) })
  .map(({ at, down, limit }) => ({ limit, from: at, direction: down ? 'down' : 'up' }));

function expected(
  all: readonly RecordedEvent[],
  wish: EventQuery,
  { direction, from, limit }: Span,
): readonly bigint[] {
  const found = all.filter(matcher(wish)).map(({ position }) => position);
  if (direction === 'down')
    return found
      .filter((at) => at < (from ?? 121n))
      .slice(-limit)
      .reverse();
  return found.filter((at) => at > (from ?? 0n)).slice(0, limit);
}

function indexOf(all: readonly RecordedEvent[]): IndexFile {
  files += 1;
  const file = new IndexFile(join(folder, `${files}.db`));
  for (let from = 0; from < all.length; from += 7) {
    const batch = all.slice(from, from + 7);
    file.add(batch, batch.at(-1)?.position ?? 0n);
  }
  file.makeIndexes();
  return file;
}

test('finds what a look at every event finds, in both directions and whatever is asked together', () => {
  fc.assert(
    fc.property(events, fc.array(fc.tuple(query, span), { minLength: 5, maxLength: 5 }), (all, wishes) => {
      const file = indexOf(all);
      for (const [wish, range] of wishes) {
        const { stream, ...rest } = wish;
        const kind = stream === undefined ? null : kindIn(stream);
        const found = findEvents(file, { ...rest, ...(kind === null ? {} : { kind }) }, range);
        expect(found).toEqual(expected(all, wish, range));
      }
      file.close();
    }),
    { numRuns: 60 },
  );
});

test('counts the events of each day, and how long those were on their way that were not imported', () => {
  const event = (index: number, by: string, at: string, happened: string): RecordedEvent => ({
    id: deriveId('e', index),
    position: BigInt(index),
    stream: 'comment-1',
    revision: 0n,
    type: 'CommentPosted.v1',
    recordedAt: at,
    occurredAt: happened,
    actor: by,
    correlationId: 'x',
    causationId: null,
    data: {},
    sealed: null,
  });
  const file = indexOf([
    event(1, 'm', '2026-01-01T23:59:59.900Z', '2026-01-01T23:59:59.800Z'),
    event(2, 'import:wordpress', '2026-01-01T23:59:59.950Z', '2015-01-01T00:00:00.000Z'),
    event(3, 'm', '2026-01-01T23:59:59.990Z', '2026-01-01T23:59:59.690Z'),
    event(4, 'm', '2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.000Z'),
  ]);
  expect(file.days()).toEqual([
    { day: '2026-01-01', type: 'CommentPosted.v1', events: 3, lag: { events: 2, sumMs: 400, mostMs: 300 } },
    { day: '2026-01-02', type: 'CommentPosted.v1', events: 1, lag: { events: 1, sumMs: 0, mostMs: 0 } },
  ]);
  expect(file.reached()).toEqual({ position: 4n, last: { id: deriveId('e', 4), position: 4n } });
  file.close();
});
