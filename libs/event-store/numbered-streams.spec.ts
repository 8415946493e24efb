import { expect, it } from '@jest/globals';
import { newestNumbered } from './numbered-streams.ts';
import type { RecordedEvent } from './port.ts';

const ENVELOPE = { stream: '', revision: 0n, recordedAt: '', occurredAt: '', actor: '', correlationId: '' };

/** A log that has the streams `v-1` to `v-<many>`, and counts what is asked of it. */
function logOf(many: number) {
  const asked: number[] = [];
  const eventOf = (number: number): RecordedEvent => ({
    ...ENVELOPE,
    id: `${number}`,
    position: BigInt(number),
    causationId: null,
    type: 'Made.v1',
    data: {},
    sealed: null,
  });
  const store = {
    async *readStream(stream: string) {
      const number = Number(stream.slice(2));
      asked.push(number);
      if (number <= many) yield eventOf(number);
    },
  };
  return { asked, streams: { store, nameOf: (number: number) => `v-${number}` } };
}

it('finds the newest of however many, from the first and from any that is known', async () => {
  for (const many of [0, 1, 2, 3, 4, 7, 8, 9, 31, 100])
    for (const known of [0, 1, 2, 5, 31]) {
      if (known > many) continue;
      const { streams } = logOf(many);
      const newest = await newestNumbered(streams, known);
      expect(newest?.number ?? known).toBe(many);
      expect(newest === null || newest.event.id === `${many}`).toBe(true);
    }
});

it('reads few of a thousand, and one alone when nothing came', async () => {
  const thousand = logOf(1_000);
  await newestNumbered(thousand.streams, 0);
  expect(thousand.asked.length).toBeLessThanOrEqual(21);

  const nothingNew = logOf(1_000);
  expect(await newestNumbered(nothingNew.streams, 1_000)).toBeNull();
  expect(nothingNew.asked).toEqual([1_001]);
});
