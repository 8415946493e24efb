import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultSettings } from '../kurrentdb-server/faults.ts';
import { expectAllOnce, expectEqualViews, TwoNodes } from './two-nodes.ts';

const ROUNDS = process.env['COLLOQUY_LONG'] === undefined ? 1 : 10;
/** Comments that are written with each fault. */
const COMMENTS = 20;

/** What a log server that stays up can do wrong, one after the other. */
const FAULTS: readonly FaultSettings[] = [
  { deliveries: 'twice' },
  { deliveries: 'older-again' },
  { subscriptions: { end: 'clean', afterEvents: 5, times: 2 } },
  { subscriptions: { end: 'error', afterEvents: 3, times: 2 } },
  { subscriptions: { end: 'silence', times: 2 } },
  { acknowledge: { afterMs: 'never', times: 5 } },
  { acknowledge: { afterMs: 500, times: 20 } },
  { batchStream: { end: 'error', recorded: true, times: 4 } },
  { batchStream: { end: 'clean', recorded: true, times: 2 } },
  { batchStream: { end: 'clean', recorded: false, times: 2 } },
];

describe('a log server that delivers twice and late, loses answers and ends streams while people write', () => {
  let two: TwoNodes;

  beforeAll(async () => {
    two = await TwoNodes.start();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const fault of FAULTS) {
        await two.log.setFaults(fault);
        await two.more(COMMENTS);
        await two.log.clearFaults();
      }
    }
    await two.more(COMMENTS);
    await two.settled();
  }, 900_000);

  afterAll(() => two.remove());

  test('lost and doubled nothing', async () => {
    expect(two.writers.acknowledged.size).toBeGreaterThanOrEqual(ROUNDS * FAULTS.length * COMMENTS);
    await expectAllOnce(two);
  }, 120_000);

  test('left both nodes with the same, equal to a rebuild', async () => {
    await expectEqualViews(two);
  }, 120_000);
});
