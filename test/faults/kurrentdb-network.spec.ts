import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectAllOnce, expectEqualViews, TwoNodes } from './two-nodes.ts';

const QUICK = process.env['COLLOQUY_LONG'] === undefined;
const ROUNDS = QUICK ? 2 : 4;
/** Comments that are written while the networks are whole. */
const COMMENTS = 20;
/**
 * Comments that are written before a broken network is healed: the first few come over the other node at once; for more,
 * the writers who asked the cut-off one have to wait until it gives up.
 */
const WHILE_BROKEN = QUICK ? 3 : 20;
/** What a network does to a node until it is healed, in milliseconds for a delay. */
const BREAKS = ['cut', 'stall', 'swallow'] as const;
const SLOW_MS = 40;

describe('networks between two nodes and their log that break and heal while people write', () => {
  let two: TwoNodes;

  beforeAll(async () => {
    two = await TwoNodes.start();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [index, fault] of BREAKS.entries()) {
        const network = two.networks[(round + index) % 2 === 0 ? 0 : 1];
        await two.more(COMMENTS);
        network[fault]();
        await two.more(WHILE_BROKEN);
        network.heal();
      }
      for (const network of two.networks) {
        network.delay(SLOW_MS);
        await two.more(COMMENTS);
        network.cut();
        network.heal();
      }
    }
    await two.more(COMMENTS);
    await two.settled();
  }, 900_000);

  afterAll(() => two.remove());

  test('broke while people went on writing', () => {
    expect(two.writers.acknowledged.size).toBeGreaterThanOrEqual(ROUNDS * (BREAKS.length + 2) * COMMENTS);
  });

  test('lost and doubled nothing', async () => {
    await expectAllOnce(two);
  }, 120_000);

  test('left both nodes with the same, equal to a rebuild', async () => {
    await expectEqualViews(two);
  }, 120_000);
});
