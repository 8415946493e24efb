import { expect, test } from '@jest/globals';
import type { RecordedEvent } from '../event-store/index.ts';
import { type CompareOptions, compareLog } from './compare-log.ts';
import { AT_START } from './compare-pass.ts';
import { leafOf } from './leaf-of.ts';
import { WorkTime } from './work-time.ts';

const event = (position: number): RecordedEvent => ({
  id: '018f0000-0000-7000-8000-000000000000',
  stream: 'post-018f0000-0000-7000-8000-000000000000',
  revision: 0n,
  position: BigInt(position),
  type: 'PostPublished.v1',
  occurredAt: '2026-01-01T00:00:00.000Z',
  recordedAt: '2026-01-01T00:00:00.000Z',
  actor: 'system',
  correlationId: '018f0000-0000-7000-8000-000000000000',
  causationId: null,
  data: {},
  sealed: null,
});

/** How often the comparison of so many events rests, and whether any of it costs time. */
async function rests(size: number): Promise<{ free: number; long: number }> {
  const found = { free: 0, long: 0 };
  const rest = async (milliseconds: number): Promise<void> => {
    found[milliseconds === 0 ? 'free' : 'long'] += 1;
  };
  await compared(size, { pace: AT_START, rest });
  return found;
}

/** Compares a log of so many events with its tree. */
async function compared(size: number, how: Pick<CompareOptions, 'pace' | 'rest' | 'work'>): Promise<void> {
  const all = Array.from({ length: size }, (_, at) => event(at + 1));
  const log = {
    async *readAll() {
      yield* all;
    },
  };
  const kept = {
    leaves: (from: number, count: number) => all.slice(from, from + count).map((one) => leafOf(one)),
  };
  const { signal } = new AbortController();
  const found = await compareLog(log, { kept, from: 0, size, whole: true, signal, ...how });
  expect(found).toEqual({ events: size, missing: 0 });
}

test('a large log is compared more slowly while others want the processor', async () => {
  const of = async (isCrowded: boolean): Promise<readonly number[]> => {
    const slept: number[] = [];
    const rest = async (milliseconds: number): Promise<void> => void slept.push(milliseconds);
    const work = { isCrowded, lap: () => 2, restart: () => undefined };
    await compared(3_000, { pace: { free: 1_000, rest: 9, crowded: 39 }, rest, work });
    return slept;
  };
  expect([await of(false), await of(true)]).toEqual([
    [18, 18, 18],
    [78, 78, 78],
  ]);
});

test('others want the processor when this thread waits for it for more than a tenth of the time', async () => {
  let waited = 0;
  const work = new WorkTime(() => waited);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(work.isCrowded).toBe(false);
  waited = 1e9;
  expect(work.isCrowded).toBe(true);
  work.restart();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(work.isCrowded).toBe(false);
});

test('a small log is compared at full pace', async () => {
  expect(await rests(5_061)).toEqual({ free: 5, long: 0 });
});

test('a large log is compared slowly after its first events', async () => {
  expect(await rests(AT_START.free + 2_000)).toEqual({ free: AT_START.free / 1_000 - 1, long: 3 });
});
