import { resolve } from 'node:path';
import { runProgram, startProgram } from '../../support/child-program.ts';
import type { BenchForum } from '../bench-forum.ts';
import { alternate, median, quantile } from '../measure.ts';
import type { BenchOptions, Measured } from '../row.ts';
import type { LiveAmounts, LiveLoad, LiveResult } from './live-load.ts';
import type { RoomScene, Scene } from './live-scenes.ts';

const bare = resolve(import.meta.dirname, '../baselines/socket-io.ts');
const program = resolve(import.meta.dirname, 'live-load.ts');

/**
 * Until the last reader of the forum's scene has a change, p99 in milliseconds, in turn with a bare Socket.IO room that
 * broadcasts to as many what the forum sent last. `scene` is made anew for each round and not measured.
 */
export async function besideBareRoom(
  options: BenchOptions,
  amounts: LiveAmounts,
  { forum }: BenchForum,
  scene: () => Promise<Scene>,
): Promise<Measured> {
  const room = await startProgram([bare], { env: { NODE_ENV: 'production' } });
  let broadcast: RoomScene = { kind: 'room', message: '', payload: { changes: [] } };
  const medians = { ours: [] as number[], base: [] as number[] };
  let longestPauseMs = 0;
  const compared = await alternate(
    options.rounds,
    async () => {
      const load = { ...amounts, address: forum.address, scene: await scene() };
      const result = await run(load).catch((error: unknown) => {
        throw new Error(`the server said: ${forum.stderr()}`, { cause: error });
      });
      broadcast = { kind: 'room', message: result.message, payload: result.payload };
      longestPauseMs = Math.max(longestPauseMs, result.longestPauseMs);
      medians.ours.push(median(result.milliseconds));
      return quantile(result.milliseconds, 0.99);
    },
    async () => {
      const result = await run({ ...amounts, address: room.firstLine, scene: broadcast });
      medians.base.push(median(result.milliseconds));
      return quantile(result.milliseconds, 0.99);
    },
  );
  await room.end();
  const bytes = Buffer.byteLength(JSON.stringify(broadcast.payload));
  const midst = { oursMedianMs: median(medians.ours), baseMedianMs: median(medians.base) };
  return { ...compared, notes: { ...amounts, bytes, ...midst, longestPauseMs } };
}

async function run(load: LiveLoad): Promise<LiveResult> {
  return JSON.parse(await runProgram([program, JSON.stringify(load)]));
}
