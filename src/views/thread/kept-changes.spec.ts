import { describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { KeptChanges, type ToldStep } from './kept-changes.ts';
import { KEPT_CHANGES, THREAD_SCHEMA } from './thread.schema.ts';

/** A burst of changes of one post; `flush` ends the batch. */
const bursts = fc.array(
  fc.record({
    post: fc.integer({ min: 1, max: 2 }),
    changes: fc.oneof(fc.nat(5), fc.constantFrom(1_023, 1_024, 1_025, 2_047, 2_048, 3_000)),
    flush: fc.boolean(),
  }),
  { maxLength: 8 },
);

function step(position: number): ToldStep {
  return {
    position: BigInt(position),
    kind: position % 8,
    comment: position % 5 === 0 ? null : BigInt(position),
    at: -position,
  };
}

describe('the changes that are kept', () => {
  it('are the newest of each thread, however they came in batches', () => {
    const property = fc.property(bursts, (sequence) => {
      const db = new Database(':memory:');
      db.exec(THREAD_SCHEMA);
      db.exec("INSERT INTO post (n, id) VALUES (1, x'01'), (2, x'02')");
      const kept = new KeptChanges(db);
      const told = new Map<number, ToldStep[]>([
        [1, []],
        [2, []],
      ]);
      let position = 0;
      for (const { post, changes, flush } of sequence) {
        for (let count = 0; count < changes; count += 1) {
          kept.add(post, step((position += 1)));
          told.get(post)?.push(step(position));
        }
        if (flush) kept.flush();
      }
      kept.flush();

      const stored = db.prepare('SELECT post, position, kind, comment, at FROM thread_change').safeIntegers().all();
      const expected = [...told].flatMap(([post, steps]) =>
        steps.slice(-KEPT_CHANGES).map(({ position: at, kind, comment, at: time }) => {
          return { post: BigInt(post), position: at, kind: BigInt(kind), comment, at: BigInt(time) };
        }),
      );
      expect(stored).toEqual(expected);
      const counts = db.prepare('SELECT changes FROM post ORDER BY n').pluck().all();
      expect(counts).toEqual([...told.values()].map((steps) => steps.length));
      expect(kept.waiting).toBe(0);
    });
    fc.assert(property, { numRuns: 60 });
  });
});
