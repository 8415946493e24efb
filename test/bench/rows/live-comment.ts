import { resolve } from 'node:path';
import { runProgram, startProgram } from '../../support/child-program.ts';
import { startBenchForum } from '../bench-forum.ts';
import type { ChangesPayload, LiveLoad, LiveResult } from '../load/live-load.ts';
import { alternate, median, quantile } from '../measure.ts';
import type { Row } from '../row.ts';

const READERS = 1_000;
const TICK_MS = 25;
const MOST = 1.5;

const bare = resolve(import.meta.dirname, '../baselines/socket-io.ts');
const load = resolve(import.meta.dirname, '../load/live-load.ts');

export const liveComment: Row = {
  name: 'live-comment',
  what: `one comment to ${READERS} live sockets: post → last socket has it, p99`,
  against: 'bare Socket.IO room broadcast of the same bytes to as many',
  unit: 'ms',
  bound: {
    text: `≤ ${MOST}, after the ${TICK_MS} ms tick`,
    ratio: (ours, base) => (ours - TICK_MS) / base,
    met: (ratio) => ratio <= MOST,
  },
  run: async (options) => {
    const comments = options.quick ? 40 : 200;
    const amounts = { readers: READERS, comments, warmUp: 10 };
    const ours = await startBenchForum(options);
    const base = await startProgram([bare], { env: { NODE_ENV: 'production' } });
    const { token } = ours.admin;
    let payload: ChangesPayload = { changes: [] };
    const medians = { ours: [] as number[], base: [] as number[] };
    let longestPauseMs = 0;
    const compared = await alternate(
      options.rounds,
      async () => {
        const to = { postId: await ours.post('Many read this'), token };
        const result = await run({ ...amounts, address: ours.forum.address, to }).catch((error: unknown) => {
          throw new Error(`the server said: ${ours.forum.stderr()}`, { cause: error });
        });
        payload = result.payload;
        longestPauseMs = Math.max(longestPauseMs, result.longestPauseMs);
        medians.ours.push(median(result.milliseconds));
        return quantile(result.milliseconds, 0.99);
      },
      async () => {
        const result = await run({ ...amounts, address: base.firstLine, to: { payload } });
        medians.base.push(median(result.milliseconds));
        return quantile(result.milliseconds, 0.99);
      },
    );
    await ours.end();
    await base.end();
    const bytes = Buffer.byteLength(JSON.stringify(payload));
    const midst = { oursMedianMs: median(medians.ours), baseMedianMs: median(medians.base) };
    return { ...compared, notes: { ...amounts, bytes, ...midst, longestPauseMs } };
  },
};

async function run(argument: LiveLoad): Promise<LiveResult> {
  return JSON.parse(await runProgram([load, JSON.stringify(argument)]));
}
