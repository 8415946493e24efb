import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectAllOnce, expectEqualViews, TwoNodes } from './two-nodes.ts';

const ROUNDS = process.env['COLLOQUY_LONG'] === undefined ? 1 : 10;
const COMMENTS = 15;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/**
 * How far clocks are from the right time: one clock after the other goes there, then to the next. Members and posts were made
 * the day before, since a post is not there yet for a node whose clock is before its publication.
 */
const JUMPS_MS = [HOUR_MS, 0, -HOUR_MS, 5_000, -5_000, DAY_MS, 0];
const MOVING_CLOCK = pathToFileURL(join(import.meta.dirname, '../support/moving-clock.ts')).href;

describe('clocks of two nodes and their log server that jump while people write', () => {
  let dir: string;
  let two: TwoNodes;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'colloquy-clocks-'));
    const files = ['node-0', 'node-1', 'log'].map((name) => join(dir, name));
    for (const file of files) writeFileSync(file, String(-DAY_MS));
    const env = (index: number) => ({ CLOCK_FILE: files[index] ?? '', NODE_OPTIONS: `--import ${MOVING_CLOCK}` });
    two = await TwoNodes.start({ env, logEnv: env(2) });
    for (const file of files) writeFileSync(file, '0');
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const moved of JUMPS_MS) {
        for (const file of files) {
          writeFileSync(file, String(moved));
          await two.more(COMMENTS);
        }
      }
    }
    await two.settled();
  }, 900_000);

  afterAll(async () => {
    await two.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  test('were a day ahead and an hour behind when comments came', async () => {
    const comments = (await two.recorded()).filter(({ type }) => type === 'CommentPosted.v1');
    const ahead = comments.map(({ occurredAt }) => (Date.parse(occurredAt) - Date.now()) / HOUR_MS);
    expect(ahead.some((hours) => hours > 12)).toBe(true);
    expect(ahead.some((hours) => hours < -0.5 && hours > -2)).toBe(true);
  });

  test('lost and doubled nothing', async () => {
    await expectAllOnce(two);
  }, 120_000);

  test('left both nodes with the same, equal to a rebuild', async () => {
    await expectEqualViews(two);
  }, 120_000);
});
