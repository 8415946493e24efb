import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { SharedReading, ViewBuild } from '../../../libs/projections/build.ts';
import type { FoldedLog } from '../../../libs/projections/port.ts';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import { idOf } from '../../../test/views/small-forum.ts';
import { steps, ThreadModel } from '../../../test/views/thread-model.ts';
import { idBytes } from '../ids.ts';
import { CommentMemory } from './comment-memory.ts';
import { numberIn, STEP, THREAD_DIGEST } from './thread.schema.ts';
import { openThreadBuild, threadView } from './thread.view.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-build-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

function rows(db: Database.Database): readonly unknown[] {
  return THREAD_DIGEST.map((query) => [query, db.prepare(query).safeIntegers().all()]);
}

/** The events in pieces of about this size; appends stay whole. */
function* pieces(events: readonly RecordedEvent[], size: number): Generator<readonly RecordedEvent[]> {
  for (let start = 0; start < events.length; ) {
    let end = Math.min(events.length, start + size);
    while (events[end] && events[end]?.correlationId === events[end - 1]?.correlationId) end += 1;
    yield events.slice(start, end);
    start = end;
  }
}

/** A log that is at hand, and one that is not. */
const LOGS: readonly [FoldedLog, FoldedLog] = [{ sealedAt: () => null }, {}];

function live(events: readonly RecordedEvent[], log: FoldedLog): readonly unknown[] {
  const db = openViewForWriting(':memory:', threadView);
  const writer = new ViewWriter(threadView, ':memory:', db, log);
  for (const piece of pieces(events, 7)) writer.fold(piece, piece.at(-1)?.position ?? 0n);
  if (writer.stopped) throw new Error(writer.stopped.reason);
  return rows(db);
}

/** The tables of a build that remembers so many comments at most. */
function built(
  events: readonly RecordedEvent[],
  { size, most, log }: { readonly size: number; readonly most: number; readonly log: FoldedLog },
) {
  const file = join(dir, 'built.db');
  const build = new ViewBuild({ ...threadView, openBuild: (db, of) => openThreadBuild(db, most, of) }, file, null, log);
  const reading = new SharedReading([build]);
  for (const piece of pieces(events, size)) reading.fold(piece, piece.at(-1)?.position ?? 0n);
  build.finish();
  if (build.stopped) throw new Error(build.stopped.reason);
  const db = new Database(file, { readonly: true });
  try {
    return rows(db);
  } finally {
    db.close();
  }
}

describe('the thread view as it is built from the start', () => {
  it('has the rows of the live one, also when it goes on in the file because memory is full', () => {
    const memory = fc.record({
      size: fc.integer({ min: 1, max: 30 }),
      most: fc.constantFrom(1, 3, 10, 1_000),
      log: fc.constantFrom(...LOGS),
    });
    const property = fc.property(steps, memory, (sequence, how) => {
      const model = new ThreadModel();
      for (const step of sequence) model.play(step);
      expect(built(model.events, how)).toEqual(live(model.events, how.log));
    });
    fc.assert(property, { numRuns: 200 });
  });
});

describe('the memory of a build', () => {
  it('finds each of many comments by its id, and its way down the tree', () => {
    const memory = new CommentMemory();
    const count = 5_000;
    const parentOf = (slot: number): number => (slot % 3 === 0 ? -1 : Math.floor(slot / 3));
    for (let slot = 0; slot < count; slot += 1) {
      const place = { post: slot % 7, parent: parentOf(slot), author: slot % 5, shadow: slot % 2 };
      expect(memory.add({ id: idOf('comment', slot), n: BigInt(slot + 1), at: slot, ...place })).toBe(slot);
    }
    for (let slot = 0; slot < count; slot += 1) {
      expect(memory.slotOf(idOf('comment', slot))).toBe(slot);
      expect(memory.n(slot)).toBe(BigInt(slot + 1));
    }
    expect(memory.slotOf(idOf('comment', count))).toBe(-1);

    const way = [4_999];
    while (parentOf(way[0] ?? 0) !== -1) way.unshift(parentOf(way[0] ?? 0));
    const path = memory.pathOf(4_999);
    expect(numbersIn(path)).toEqual(way.map((slot) => BigInt(slot + 1)));

    const below = (slot: number): readonly number[] =>
      Array.from({ length: count }, (_, at) => at).filter((at) => {
        for (let above = at; above !== -1; above = parentOf(above)) if (above === slot) return true;
        return false;
      });
    expect([...memory.branch(6)].sort((a, b) => a - b)).toEqual(below(6));
  });

  it('knows the way to comments far down, and what each is besides its place', () => {
    const memory = new CommentMemory();
    const depth = 100;
    for (let slot = 0; slot < depth; slot += 1) {
      const place = { post: 1, parent: slot - 1, author: -1, shadow: slot };
      memory.add({ id: idOf('comment', slot), n: 2n ** 47n + BigInt(slot), at: -slot, ...place });
    }
    const path = memory.pathOf(depth - 1);
    expect(numbersIn(path)).toEqual(Array.from({ length: depth }, (_, slot) => 2n ** 47n + BigInt(slot)));
    expect(memory.pathOf(-1)).toHaveLength(0);
    expect(memory.idOf(depth - 1)).toEqual(idBytes(idOf('comment', depth - 1)));

    memory.setHidden(7, true);
    memory.setStatus(7, 2);
    memory.setTally(7, 5);
    memory.setShadow(7, 3);
    memory.setShadow(8, 9);
    const said = (slot: number): readonly unknown[] => [
      ...[memory.isHidden(slot), memory.shadow(slot), memory.status(slot), memory.tally(slot)],
      ...[memory.parent(slot), memory.author(slot), memory.post(slot)],
    ];
    expect([said(6), said(7), said(8)]).toEqual([
      [false, 6, 0, -1, 5, -1, 1],
      [true, 3, 2, 5, 6, -1, 1],
      [false, 9, 0, -1, 7, -1, 1],
    ]);
  });

  it('says when it is full', () => {
    const memory = new CommentMemory(2);
    const add = (slot: number): number =>
      memory.add({ id: idOf('comment', slot), n: 1n, at: 0, post: 1, parent: -1, author: -1, shadow: 0 });
    expect([add(0), add(1)]).toEqual([0, 1]);
    expect(() => add(2)).toThrow(new RangeError('a build remembers 2 comments'));
  });
});

/** The numbers of the comments of a path, from the top down. */
function numbersIn(path: Buffer): readonly bigint[] {
  return Array.from({ length: path.length / STEP }, (_, at) => numberIn(path.subarray(at * STEP, (at + 1) * STEP)));
}
