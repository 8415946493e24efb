import { resolve } from 'node:path';
import { type ChildProgram, runProgram, startProgram } from '../../support/child-program.ts';
import type { BenchForum } from '../bench-forum.ts';
import { alternate, median, quantile } from '../measure.ts';
import type { BenchOptions, Measured } from '../row.ts';
import type { LiveAmounts, LiveLoad, LiveResult } from './live-load.ts';
import type { RoomScene, Scene } from './live-scenes.ts';

const bare = resolve(import.meta.dirname, '../baselines/socket-io.ts');
const program = resolve(import.meta.dirname, 'live-load.ts');

/** Until the last reader has a change, p99. */
export const LAST_HAS_IT = ({ milliseconds }: LiveResult): number => quantile(milliseconds, 0.99);

/** What a change costs the server's main thread, whatever else the machine does. */
export const SERVERS_WORK = ({ workMs }: LiveResult): number => workMs;

export interface LiveMeasure {
  readonly amounts: LiveAmounts;
  readonly figure: (result: LiveResult) => number;
  /** Made anew for each round and not measured. */
  readonly scene: () => Promise<Scene>;
}

/**
 * The figure of the forum's scene, in milliseconds, in turn with that of a bare Socket.IO room that
 * broadcasts to as many what the forum sent last.
 */
export async function besideBareRoom(
  options: BenchOptions,
  { forum }: BenchForum,
  { amounts, figure, scene }: LiveMeasure,
): Promise<Measured> {
  const room = await startProgram([bare], { env: { NODE_ENV: 'production' } });
  let broadcast: RoomScene = { kind: 'room', message: '', payload: { changes: [] } };
  const medians = { ours: [] as number[], base: [] as number[] };
  const works = { ours: [] as number[], base: [] as number[] };
  let longestPauseMs = 0;
  const compared = await alternate(
    options.rounds,
    async () => {
      const load = { ...amounts, address: forum.address, pid: pidOf(forum), scene: await scene() };
      const result = await run(load).catch((error: unknown) => {
        throw new Error(`the server said: ${forum.stderr()}`, { cause: error });
      });
      broadcast = { kind: 'room', message: result.message, payload: result.payload };
      longestPauseMs = Math.max(longestPauseMs, result.longestPauseMs);
      medians.ours.push(median(result.milliseconds));
      works.ours.push(result.workMs);
      return figure(result);
    },
    async () => {
      const result = await run({ ...amounts, address: room.firstLine, pid: pidOf(room), scene: broadcast });
      medians.base.push(median(result.milliseconds));
      works.base.push(result.workMs);
      return figure(result);
    },
  );
  await room.end();
  const bytes = Buffer.byteLength(JSON.stringify(broadcast.payload));
  const midst = { oursMedianMs: median(medians.ours), baseMedianMs: median(medians.base) };
  const work = { oursWorkMs: median(works.ours), baseWorkMs: median(works.base) };
  return { ...compared, notes: { ...amounts, bytes, ...midst, ...work, longestPauseMs } };
}

function pidOf({ process: { pid } }: ChildProgram): number {
  if (pid === undefined) throw new Error('the server has not started');
  return pid;
}

async function run(load: LiveLoad): Promise<LiveResult> {
  return JSON.parse(await runProgram([program, JSON.stringify(load)]));
}
