import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectAllOnce, expectEqualViews, TwoNodes } from './two-nodes.ts';

const KILLS = process.env['COLLOQUY_LONG'] === undefined ? 5 : 50;
/** Comments between two kills: 1 to this many, so that kills fall at all moments of a server's life. */
const MOST_BETWEEN = 60;

describe(`a log server that is killed ${KILLS} times while people write to two nodes`, () => {
  let two: TwoNodes;
  /** Comments that were recorded by a server that died before anybody heard of it. */
  let unheard = 0;

  beforeAll(async () => {
    two = await TwoNodes.start();
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await two.more(1 + ((kill * 37) % MOST_BETWEEN));
      // The others fall as they fall.
      if (kill === 1) await two.inTheMiddle();
      unheard += await two.killLog();
      await two.log.restart();
    }
    await two.more(8);
    await two.settled();
  }, 600_000);

  afterAll(() => two.remove());

  test('was hit in the middle of writing', () => {
    expect(unheard).toBeGreaterThan(0);
  });

  test('lost and doubled nothing', async () => {
    await expectAllOnce(two);
  }, 120_000);

  test('left both nodes with the same, equal to a rebuild', async () => {
    await expectEqualViews(two);
  }, 120_000);
});
