import { expect, test } from '@jest/globals';
import type { RecordedEvent } from '../event-store/index.ts';
import { compareLog } from './compare-log.ts';
import { AT_START } from './compare-pass.ts';
import { leafOf } from './leaf-of.ts';

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
  const all = Array.from({ length: size }, (_, at) => event(at + 1));
  const log = {
    async *readAll() {
      yield* all;
    },
  };
  const kept = {
    leaves: (from: number, count: number) => all.slice(from, from + count).map((one) => leafOf(one)),
  };
  const rest = async (milliseconds: number): Promise<void> => {
    found[milliseconds === 0 ? 'free' : 'long'] += 1;
  };
  const { signal } = new AbortController();
  const compared = await compareLog(log, { kept, from: 0, size, pace: AT_START, whole: true, signal, rest });
  expect(compared).toEqual({ events: size, missing: 0 });
  return found;
}

test('a small log is compared at full pace', async () => {
  expect(await rests(5_061)).toEqual({ free: 5, long: 0 });
});

test('a large log is compared slowly after its first events', async () => {
  expect(await rests(AT_START.free + 2_000)).toEqual({ free: AT_START.free / 1_000 - 1, long: 3 });
});
