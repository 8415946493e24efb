import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { copyByHand, eventByHand } from '../../../test/support/log-by-hand.ts';
import { newEvent } from '../contract/new-events.ts';
import type { EventBatch, SubscribeOptions } from '../port.ts';
import { openSqliteEventReader, openSqliteEventStore } from './event-store.ts';

const EVENTS = 12;

let dir: string;
let file: string;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-gap-'));
  file = join(dir, 'log.db');
  const store = await openSqliteEventStore({ file });
  for (let at = 1; at <= EVENTS; at += 1) {
    const type = at % 2 === 0 ? 'Even.v1' : 'Odd.v1';
    await store.append(`comment-${at}`, [newEvent({ type })], 'no-stream');
  }
  await store.close();
});
afterEach(() => rmSync(dir, { recursive: true }));

function lose(...positions: readonly number[]): void {
  const db = new Database(file);
  for (const position of positions) db.prepare('DELETE FROM events WHERE position = ?').run(position);
  db.close();
}

/** The events of a subscription until it has caught up or fails. */
async function followed(options: SubscribeOptions): Promise<{ read: bigint[]; reached: bigint; fault: unknown }> {
  const log = openSqliteEventReader({ file });
  const read: bigint[] = [];
  let reached = options.after;
  const take = ({ events, position }: EventBatch): void => {
    read.push(...events.map((event) => event.position));
    reached = position;
  };
  try {
    for await (const batch of log.subscribe(options)) {
      take(batch);
      if (batch.caughtUp) break;
    }
    return { read, reached, fault: null };
  } catch (fault) {
    return { read, reached, fault };
  } finally {
    await log.close();
  }
}

const gapAt = (position: bigint) =>
  expect.objectContaining({
    position,
    reason: 'corrupt',
    message: expect.stringContaining(`log.db: there is no event at position ${position}, and there are later ones.`),
  });

describe('a subscription to a log with a gap in its positions', () => {
  test.each([1_000, 5, 1])('ends right before it, in batches of %i', async (batchSize) => {
    lose(7, 8, 10);
    expect(await followed({ after: 0n, batchSize })).toEqual({
      read: [1n, 2n, 3n, 4n, 5n, 6n],
      reached: 6n,
      fault: gapAt(7n),
    });
  });

  test('sees it through a filter too, whichever events are missing', async () => {
    lose(7);
    const filter = { types: ['Even.v1'] };
    expect(await followed({ after: 0n, filter })).toEqual({ read: [2n, 4n, 6n], reached: 6n, fault: gapAt(7n) });
    const rare = { types: ['Never.v1'] };
    expect(await followed({ after: 2n, filter: rare })).toEqual({ read: [], reached: 6n, fault: gapAt(7n) });
  });

  test('begins with the fault when the first event is missing', async () => {
    lose(1);
    expect(await followed({ after: 0n })).toEqual({ read: [], reached: 0n, fault: gapAt(1n) });
  });

  test('that lies behind where it begins does not see it', async () => {
    lose(3);
    expect(await followed({ after: 9n })).toEqual({ read: [10n, 11n, 12n], reached: 12n, fault: null });
  });

  test('reads a whole log to its end, filtered or not', async () => {
    const all = Array.from({ length: EVENTS }, (_, index) => BigInt(index + 1));
    expect(await followed({ after: 0n })).toEqual({ read: all, reached: 12n, fault: null });
    const odd = all.filter((position) => position % 2n === 1n);
    const filter = { types: ['Odd.v1'] };
    expect(await followed({ after: 0n, filter })).toEqual({ read: odd, reached: 12n, fault: null });
  });
});

describe('an event below the first position, which only another program can have put there', () => {
  const put = (position: number): void => {
    const db = new Database(file);
    copyByHand(db, 3, { position: BigInt(position), revision: eventByHand(db, 3).revision + 1n });
    db.close();
  };

  test.each([0, -5, Number.MIN_SAFE_INTEGER])(
    'is read with the whole log, so that it is found (%d)',
    async (position) => {
      put(position);
      const log = openSqliteEventReader({ file });
      const upwards: bigint[] = [];
      for await (const event of log.readAll()) upwards.push(event.position);
      const downwards: bigint[] = [];
      for await (const event of log.readAll({ direction: 'backwards' })) downwards.push(event.position);
      await log.close();

      expect(upwards.slice(0, 2)).toEqual([BigInt(position), 1n]);
      expect(downwards).toEqual(upwards.toReversed());
    },
  );

  test('is no part of its stream: who reads that is told', async () => {
    put(-5);
    const log = openSqliteEventReader({ file });
    const read = async (): Promise<void> => {
      for await (const _ of log.readStream('comment-3'));
    };
    await expect(read()).rejects.toMatchObject({
      reason: 'corrupt',
      message: expect.stringContaining('comment-3 has an event at position -5'),
    });
    await log.close();
  });
});
